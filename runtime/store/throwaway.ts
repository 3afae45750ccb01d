// The store of a throwaway world (decisions 5 to 7). Its databases are SQLite's own temporary ones: they live in the page
// cache, spill to a file that is unlinked from the start, and leave nothing behind, however the process ends. Our own
// tables are inside one transaction that is never committed. A directory is made when the first file needs one.

import type { DatabaseSync } from "node:sqlite";
import { atomically } from "./atomically.ts";
import type { ProcessDirectory } from "./directory.ts";
import type { DatabaseOptions, OwnedStore } from "./store.ts";
import { refuseNewer } from "./versions.ts";
import { openingOptions, UserDatabases } from "./user-databases.ts";

// The empty name asks SQLite for a temporary database. https://www.sqlite.org/inmemorydb.html#temp_db
const TEMPORARY = "";
// It is never synchronised with a disk, so that need not be switched off.
const PRAGMAS = "PRAGMA journal_mode=MEMORY; PRAGMA temp_store=MEMORY;";

/** Opens a store; `home` gives the directory of the process when files are needed. */
export function createThrowawayStore(home: () => ProcessDirectory): OwnedStore {
  return new ThrowawayStore(home);
}

class ThrowawayStore implements OwnedStore {
  readonly #home: () => ProcessDirectory;
  readonly #databases = new UserDatabases((_, options) => {
    const database = openDatabase(options);
    if (options.image !== undefined) database.deserialize(this.#image(options.image));
    return database;
  });
  #directory: string | null = null;
  #data: DatabaseSync | null = null;
  /** How many versions of each kind's tables it has. No table of its own, as a persistent store has: making one takes long. */
  readonly #versions = new Map<string, number>();

  constructor(home: () => ProcessDirectory) {
    this.#home = home;
  }

  get directory(): string {
    return (this.#directory ??= this.#home().createWorld());
  }

  get data(): DatabaseSync {
    if (this.#data === null) {
      this.#data = openDatabase({});
      this.#data.exec("BEGIN");
    }
    return this.#data;
  }

  tables(kind: string, versions: readonly string[]): void {
    const { data } = this;
    const done = this.#versions.get(kind) ?? 0;
    refuseNewer(kind, done, versions);
    if (done === versions.length) return;
    atomically(data, () => data.exec(versions.slice(done).join(";\n")));
    this.#versions.set(kind, versions.length);
  }

  atomically<T>(writes: () => T): T {
    return atomically(this.data, writes);
  }

  database(path: string, options: DatabaseOptions): DatabaseSync {
    return this.#databases.get(path, options);
  }

  eachDatabase(visit: (database: DatabaseSync) => void): void {
    this.#databases.each(visit);
  }

  reset(): void {
    this.#databases.close();
    this.#data?.close();
    this.#data = null;
    this.#versions.clear();
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
  const database = new DatabaseSync(TEMPORARY, openingOptions(options));
  database.exec(PRAGMAS);
  return database;
}
