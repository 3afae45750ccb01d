// The store of a throwaway world (decisions 5 to 7). Its databases are SQLite's own temporary ones: they live in the page
// cache, spill to a file that is unlinked from the start, and leave nothing behind, however the process ends. Our own
// tables are inside one transaction that is never committed. A directory is made when the first file needs one.

import type { DatabaseSync } from "node:sqlite";
import type { ProcessDirectory } from "./directory.ts";
import type { DatabaseOptions, OwnedStore } from "./store.ts";
import { bringToVersion, VERSIONS } from "./versions.ts";

// The empty name asks SQLite for a temporary database. https://www.sqlite.org/inmemorydb.html#temp_db
const TEMPORARY = "";
const PRAGMAS = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;";

/** Opens a store; `home` gives the directory of the process when files are needed. */
export function createThrowawayStore(home: () => ProcessDirectory): OwnedStore {
  return new ThrowawayStore(home);
}

class ThrowawayStore implements OwnedStore {
  readonly #home: () => ProcessDirectory;
  readonly #databases = new Map<string, DatabaseSync>();
  #visit: ((database: DatabaseSync) => void) | null = null;
  #directory: string | null = null;
  #data: DatabaseSync | null = null;

  constructor(home: () => ProcessDirectory) {
    this.#home = home;
  }

  get directory(): string {
    return (this.#directory ??= this.#home().createWorld());
  }

  get data(): DatabaseSync {
    if (this.#data === null) {
      this.#data = openDatabase({});
      this.#data.exec(`BEGIN; ${VERSIONS}`);
    }
    return this.#data;
  }

  tables(kind: string, versions: readonly string[]): void {
    bringToVersion(this.data, kind, versions);
  }

  atomically<T>(writes: () => T): T {
    const { data } = this;
    data.exec("SAVEPOINT atomically");
    try {
      const result = writes();
      data.exec("RELEASE atomically");
      return result;
    } catch (error) {
      data.exec("ROLLBACK TO atomically; RELEASE atomically");
      throw error;
    }
  }

  database(path: string, options: DatabaseOptions): DatabaseSync {
    const open = this.#databases.get(path);
    if (open !== undefined) return open;
    const database = openDatabase(options);
    if (options.image !== undefined) database.deserialize(this.#image(options.image));
    options.configure?.(database);
    this.#visit?.(database);
    this.#databases.set(path, database);
    return database;
  }

  eachDatabase(visit: (database: DatabaseSync) => void): void {
    this.#visit = visit;
    for (const database of this.#databases.values()) visit(database);
  }

  reset(): void {
    for (const database of this.#databases.values()) database.close();
    this.#databases.clear();
    this.#data?.close();
    this.#data = null;
    if (this.#directory !== null) this.#home().removeWorld(this.#directory);
    this.#directory = null;
  }

  close(): void {
    this.reset();
  }

  #image({ hash, create }: NonNullable<DatabaseOptions["image"]>): Uint8Array {
    const known = this.#home().readImage(hash);
    if (known !== null) return known;
    const image = create();
    this.#home().keepImage(hash, image);
    return image;
  }
}

function openDatabase(options: DatabaseOptions): DatabaseSync {
  // Loaded here, so that a file without bindings does not pay for it.
  const { DatabaseSync } = require("node:sqlite") as typeof import("node:sqlite");
  const database = new DatabaseSync(TEMPORARY, {
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    // As workerd's SQL has it: "text" is a string where no column has that name.
    enableDoubleQuotedStringLiterals: true,
  });
  database.exec(PRAGMAS);
  return database;
}
