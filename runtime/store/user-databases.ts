// The open databases for users' SQL of one store, by their paths. Where they are is up to the store.

import type { DatabaseSync } from "node:sqlite";
import type { DatabaseOptions } from "./store.ts";

/** Opens a database that is not open yet, with its image if it is new. */
export type OpenDatabase = (path: string, options: DatabaseOptions) => DatabaseSync;

/** See the head of the file. */
export class UserDatabases {
  readonly #openDatabase: OpenDatabase;
  readonly #open = new Map<string, DatabaseSync>();
  #visit: ((database: DatabaseSync) => void) | null = null;

  constructor(openDatabase: OpenDatabase) {
    this.#openDatabase = openDatabase;
  }

  /** See `Store.database`. */
  get(path: string, options: DatabaseOptions): DatabaseSync {
    const open = this.#open.get(path);
    if (open !== undefined) return open;
    const database = this.#openDatabase(path, options);
    options.configure?.(database);
    this.#visit?.(database);
    this.#open.set(path, database);
    return database;
  }

  /** See `OwnedStore.eachDatabase`. */
  each(visit: (database: DatabaseSync) => void): void {
    this.#visit = visit;
    for (const database of this.#open.values()) visit(database);
  }

  /** Closes all of them. */
  close(): void {
    for (const database of this.#open.values()) database.close();
    this.#open.clear();
  }
}

/** What `node:sqlite` needs to be told at opening, as workerd's SQL has it. */
export function openingOptions(options: DatabaseOptions): object {
  return {
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    // "text" is a string where no column has that name.
    enableDoubleQuotedStringLiterals: true,
  };
}
