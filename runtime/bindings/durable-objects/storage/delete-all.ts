// `storage.deleteAll()`: an object's database becomes empty, and at once for good.

import type { StorageHost } from "./host.ts";

interface Item {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/** Drops everything; whether the alarm goes too depends on the compatibility date. */
export function deleteAll({ database, alarm, sql, deleteAllDeletesAlarm }: StorageHost): void {
  const kept = deleteAllDeletesAlarm ? null : alarm.stored;
  const isInside = database.depth > 0;
  if (!isInside) database.commit();
  const { handle } = database;
  // What the rows of one table say of another's does not matter any more. No effect inside a transaction.
  handle.exec("PRAGMA foreign_keys = OFF; PRAGMA defer_foreign_keys = ON");
  handle.exec("SAVEPOINT _cf_delete_all");
  try {
    const items = handle
      .prepare("SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view')")
      .all() as unknown as Item[];
    for (const { type, name } of items.sort(virtualFirst)) {
      if (name.startsWith("sqlite_")) continue;
      // Dropping a virtual table drops its shadow tables.
      handle.exec(`DROP ${type} IF EXISTS "${name.replaceAll('"', '""')}"`);
    }
  } finally {
    handle.exec("RELEASE _cf_delete_all");
    handle.exec("PRAGMA foreign_keys = ON");
  }
  database.forget();
  sql?.refresh();
  if (kept !== null) alarm.set(kept);
  else if (!isInside) database.changed();
}

function virtualFirst(a: Item, b: Item): number {
  const isVirtual = ({ sql }: Item): number => (/^create virtual/i.test(sql ?? "") ? 0 : 1);
  return isVirtual(a) - isVirtual(b);
}
