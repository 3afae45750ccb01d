// The store that `[bunflare] persist` names: the same layout in one directory that stays, with WAL, so that what was committed
// survives the process however it ends. One process has it at a time; all test files of a run share it.

import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { BunflareError } from "../errors.ts";
import { atomically } from "./atomically.ts";
import type { DatabaseOptions, OwnedStore } from "./store.ts";
import { openingOptions, UserDatabases } from "./user-databases.ts";
import { bringToVersion, VERSIONS } from "./versions.ts";

/** The version of the layout; `PRAGMA user_version` of `data.sqlite`. */
const LAYOUT = 1;

// NORMAL: a commit survives the end of the process; only the end of the machine may lose the last ones.
const PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;";

/**
 * Opens the store in `directory`, which is created where it does not exist.
 *
 * Throws `BunflareError` "store_unusable" when another process has it, when a newer bunflare wrote it (it is left as it
 * is), and when the directory cannot be used.
 */
export function openPersistentStore(directory: string): OwnedStore {
  return new PersistentStore(directory);
}

class PersistentStore implements OwnedStore {
  readonly directory: string;
  readonly #databases = new UserDatabases((path, options) => this.#openUsers(path, options));
  #data: DatabaseSync;

  constructor(directory: string) {
    this.directory = directory;
    this.#data = openData(directory);
  }

  get data(): DatabaseSync {
    return this.#data;
  }

  tables(kind: string, versions: readonly string[]): void {
    bringToVersion(this.#data, kind, versions);
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

  #openUsers(path: string, options: DatabaseOptions): DatabaseSync {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    if (options.image !== undefined && !existsSync(file)) writeWhole(file, options.image.create());
    const database = new DatabaseSync(file, openingOptions(options));
    database.exec(PRAGMAS);
    return database;
  }

  reset(): void {
    this.close();
    for (const name of readdirSync(this.directory)) {
      rmSync(join(this.directory, name), { recursive: true, force: true });
    }
    this.#data = openData(this.directory);
  }

  close(): void {
    this.#databases.close();
    this.#data.close();
  }
}

function openData(directory: string): DatabaseSync {
  const file = join(directory, "data.sqlite");
  let data: DatabaseSync | null = null;
  try {
    mkdirSync(directory, { recursive: true });
    data = new DatabaseSync(file);
    // Before anything is read: then the first read takes the lock, and keeps it until the store is closed.
    data.exec(`PRAGMA locking_mode=EXCLUSIVE; ${PRAGMAS}`);
    const { user_version: layout } = data.prepare("PRAGMA user_version").get() ?? {};
    if (Number(layout) > LAYOUT) throw newer(directory, Number(layout));
    data.exec(`PRAGMA user_version = ${LAYOUT}; ${VERSIONS}`);
    return data;
  } catch (cause) {
    data?.close();
    throw cause instanceof BunflareError ? cause : unusable(directory, cause);
  }
}

function newer(directory: string, layout: number): BunflareError {
  return new BunflareError("store_unusable", {
    what: `the store in ${directory} has layout ${layout}, this bunflare knows ${LAYOUT}`,
    why: "a newer bunflare wrote it",
    todo: "Update bunflare, or point [bunflare] persist at another directory",
  });
}

function unusable(directory: string, cause: unknown): BunflareError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const isLocked = message.includes("locked");
  return new BunflareError("store_unusable", {
    what: `the store in ${directory} cannot be opened`,
    why: isLocked ? "another process has it open" : message,
    todo: isLocked
      ? "Wait for the other run to end, or point [bunflare] persist at another directory"
      : "Point [bunflare] persist at a directory that can be written to",
    cause,
  });
}

// Written aside and renamed: a process that is killed half-way leaves no half database behind.
function writeWhole(file: string, content: Uint8Array): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}
