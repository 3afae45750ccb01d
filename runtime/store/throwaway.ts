// The store of a throwaway world (decisions 5 to 7): everything in one temporary directory, no durability, and our own
// tables inside one transaction that is never committed.

import { Database } from "bun:sqlite";
import { mkdirSync, rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { dirname, join } from "node:path";
import type { ProcessDirectory } from "./directory.ts";
import { openUserDatabase } from "./user-database.ts";
import { bringToVersion, VERSIONS } from "./versions.ts";
import type { DatabaseOptions, OwnedStore } from "./store.ts";

const PRAGMAS =
  "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA temp_store=MEMORY;";

/** Opens a store in a new directory of its own; nothing is created before it is used. */
export function createThrowawayStore(home: ProcessDirectory): OwnedStore {
  return new ThrowawayStore(home);
}

class ThrowawayStore implements OwnedStore {
  readonly #home: ProcessDirectory;
  readonly #databases = new Map<string, DatabaseSync>();
  #directory: string | null = null;
  #data: Database | null = null;

  constructor(home: ProcessDirectory) {
    this.#home = home;
  }

  get directory(): string {
    return (this.#directory ??= this.#home.world());
  }

  get data(): Database {
    return this.#data ?? this.#openData();
  }

  #openData(): Database {
    const data = new Database(join(this.directory, "data.sqlite"), { create: true, strict: true });
    data.run(`${PRAGMAS} BEGIN; ${VERSIONS}`);
    this.#data = data;
    return data;
  }

  tables(kind: string, versions: readonly string[]): void {
    bringToVersion(this.data, kind, versions);
  }

  atomically<T>(writes: () => T): T {
    const data = this.data;
    data.run("SAVEPOINT atomically");
    try {
      const result = writes();
      data.run("RELEASE atomically");
      return result;
    } catch (error) {
      data.run("ROLLBACK TO atomically; RELEASE atomically");
      throw error;
    }
  }

  database(path: string, options: DatabaseOptions): DatabaseSync {
    const open = this.#databases.get(path);
    if (open !== undefined) return open;
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    const database = openUserDatabase(file, PRAGMAS, options, (hash) => this.#home.image(hash));
    this.#databases.set(path, database);
    return database;
  }

  reset(): void {
    for (const database of this.#databases.values()) database.close();
    this.#databases.clear();
    this.#data?.close();
    this.#data = null;
    if (this.#directory !== null) rmSync(this.#directory, { recursive: true, force: true });
    this.#directory = null;
  }

  close(): void {
    this.reset();
  }
}
