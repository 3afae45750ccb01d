import type { DatabaseSync } from "node:sqlite";

/** Runs `writes` in a savepoint of `data`: all or nothing. It nests, and outside of a transaction it is one. */
export function atomically<T>(data: DatabaseSync, writes: () => T): T {
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
