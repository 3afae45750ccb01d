// Versioned tables of our own database: each kind of binding has a list of SQL texts, and the store remembers how many
// of them it has run. A list is append only.

import type { DatabaseSync } from "node:sqlite";
import { BunflareError } from "../errors.ts";

/** The table that remembers each kind's version. */
export const VERSIONS =
  "CREATE TABLE IF NOT EXISTS versions (kind TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;";

/**
 * Runs what a kind's tables lack, in one savepoint.
 *
 * Throws `BunflareError` "store_unusable" when the store was written by a newer version, and leaves it untouched.
 */
export function bringToVersion(
  data: DatabaseSync,
  kind: string,
  versions: readonly string[],
): void {
  const row = data.prepare("SELECT version FROM versions WHERE kind = ?").get(kind);
  const done = Number(row?.version ?? 0);
  if (done === versions.length) return;
  refuseNewer(kind, done, versions);
  data.exec("SAVEPOINT versions");
  try {
    for (const sql of versions.slice(done)) data.exec(sql);
    data
      .prepare("INSERT OR REPLACE INTO versions (kind, version) VALUES (?, ?)")
      .run(kind, versions.length);
    data.exec("RELEASE versions");
  } catch (error) {
    data.exec("ROLLBACK TO versions; RELEASE versions");
    throw error;
  }
}

/** Throws `BunflareError` "store_unusable" when tables have a version that this bunflare does not know. */
export function refuseNewer(kind: string, version: number, versions: readonly string[]): void {
  if (version <= versions.length) return;
  throw new BunflareError("store_unusable", {
    what: `the store's ${kind} tables have version ${version}, this bunflare knows ${versions.length}`,
    why: "a newer bunflare wrote it",
    todo: "Update bunflare, or point [bunflare] persist at another directory",
  });
}
