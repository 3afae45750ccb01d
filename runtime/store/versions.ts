// Versioned tables of our own database: each kind of binding has a list of SQL texts, and the store remembers how many
// of them it has run. A list is append only.

import type { Database } from "bun:sqlite";
import { BunflareError } from "../errors.ts";

/** The table that remembers each kind's version. */
export const VERSIONS =
  "CREATE TABLE IF NOT EXISTS versions (kind TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;";

/**
 * Runs what a kind's tables lack, in one savepoint.
 *
 * Throws `BunflareError` "store_unusable" when the store was written by a newer version, and leaves it untouched.
 */
export function bringToVersion(data: Database, kind: string, versions: readonly string[]): void {
  const row = data.query<{ version: number }, [string]>("SELECT version FROM versions WHERE kind = ?").get(kind);
  const done = row?.version ?? 0;
  if (done === versions.length) return;
  if (done > versions.length) {
    throw new BunflareError("store_unusable", {
      what: `the store's ${kind} tables have version ${done}, this bunflare knows ${versions.length}`,
      why: "a newer bunflare wrote it",
      todo: "Update bunflare, or point [bunflare] persist at another directory",
    });
  }
  data.run("SAVEPOINT versions");
  try {
    for (const sql of versions.slice(done)) data.run(sql);
    data.query("INSERT OR REPLACE INTO versions (kind, version) VALUES (?, ?)").run(kind, versions.length);
    data.run("RELEASE versions");
  } catch (error) {
    data.run("ROLLBACK TO versions; RELEASE versions");
    throw error;
  }
}
