// What one world keeps: `data.sqlite` (our own tables), users' databases and blobs. A throwaway store keeps the databases
// in SQLite's temporary files; a persistent one keeps all of it in one directory.

import type { DatabaseSync } from "node:sqlite";

/** The store of one world. Everything in it is opened at first use. */
export interface Store {
  /** The directory for files (blobs), absolute; created at first use. */
  readonly directory: string;
  /**
   * Our own tables. In a throwaway store all of it is one open transaction: run no BEGIN or COMMIT here, and no SQL of
   * users. Group writes that must succeed or fail together with `atomically`.
   */
  readonly data: DatabaseSync;
  /** Runs `writes` in a savepoint: all or nothing. Synchronous; no savepoint spans an await. */
  atomically<T>(writes: () => T): T;
  /**
   * Opens (or gives the open) database for users' SQL at a path inside the directory, such as "d1/main.sqlite". It really
   * commits. `configure` runs once for each newly opened handle: limits, authorizer, functions.
   */
  database(path: string, options: DatabaseOptions): DatabaseSync;
}

/** How a users' database is opened. */
export interface DatabaseOptions {
  /** SQLite's run-time limits, by the names of `node:sqlite`. */
  readonly limits?: Readonly<Record<string, number>>;
  /** Called once for each newly opened handle, before anything else uses it. */
  configure?(database: DatabaseSync): void;
  /** An image (a whole database file) that a database that does not exist yet starts from, and its content hash. */
  readonly image?: { readonly hash: string; create(): Uint8Array };
}

/** A store with the parts that only its world uses. */
export interface OwnedStore extends Store {
  /** Brings the tables of one kind of binding to their newest version. */
  tables(kind: string, versions: readonly string[]): void;
  /** Calls `visit` for each open users' database now, and for those opened later; there is one visitor. */
  eachDatabase(visit: (database: DatabaseSync) => void): void;
  /** Empties it; everything is created anew at next use. Resources must have been closed before. */
  reset(): void;
  /** Closes every handle and removes what is temporary. */
  close(): void;
}
