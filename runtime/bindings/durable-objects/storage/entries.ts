// The keys and values of one object: rows of a hidden table in its database, in the order of their UTF-8 bytes.

import { afterPrefix } from "../../../platform/prefix.ts";
import { decode, encode, type EncodeOptions } from "../../../rpc/payload.ts";
import type { ObjectDatabase } from "./database.ts";

const TABLE = "_cf_KV";

/** Which keys a listing has; see the options of `list()`. */
export interface Range {
  readonly start?: string;
  readonly startAfter?: string;
  readonly end?: string;
  readonly prefix?: string;
  readonly reverse: boolean;
  /** -1 for no limit. */
  readonly limit: number;
}

/** An entry; its value is new at each reading. */
export type Entry = [key: string, value: unknown];

/** See the head of the file. */
export class Entries {
  readonly #database: ObjectDatabase;
  readonly #options: EncodeOptions;

  constructor(database: ObjectDatabase, options: EncodeOptions) {
    this.#database = database;
    this.#options = options;
  }

  get(key: string): unknown {
    if (!this.#database.hasTable(TABLE)) return undefined;
    const row = this.#database.statement(`SELECT value FROM ${TABLE} WHERE key = ?`).get(key) as
      Row | undefined;
    return row === undefined ? undefined : decode(row.value);
  }

  /** The bytes of a value; throws workerd's DataCloneErrors. */
  encode(value: unknown): Uint8Array {
    return encode(value, this.#options);
  }

  put(key: string, bytes: Uint8Array): void {
    const database = this.#database;
    database.beforeWrite();
    database.createTable(TABLE, "key TEXT PRIMARY KEY, value BLOB");
    database.statement(`INSERT OR REPLACE INTO ${TABLE} VALUES (?, ?)`).run(key, bytes);
  }

  /** Whether there was one. */
  delete(key: string): boolean {
    const database = this.#database;
    if (!database.hasTable(TABLE)) return false;
    database.beforeWrite();
    return database.statement(`DELETE FROM ${TABLE} WHERE key = ?`).run(key).changes > 0;
  }

  list(range: Range): Entry[] {
    if (!this.#database.hasTable(TABLE)) return [];
    const { conditions, values } = boundsOf(range);
    const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
    const order = range.reverse ? "DESC" : "ASC";
    const statement = this.#database.statement(
      `SELECT key, value FROM ${TABLE}${where} ORDER BY key ${order} LIMIT ?`,
    );
    const rows = statement.all(...values, range.limit) as unknown as Row[];
    return rows.map(({ key, value }) => [key, decode(value)]);
  }
}

interface Row {
  readonly key: string;
  readonly value: Uint8Array;
}

function boundsOf({ start, startAfter, end, prefix }: Range): {
  conditions: string[];
  values: string[];
} {
  const conditions: string[] = [];
  const values: string[] = [];
  const bound = (condition: string, value: string | null | undefined): void => {
    if (value === undefined || value === null) return;
    conditions.push(condition);
    values.push(value);
  };
  bound("key >= ?", start);
  bound("key > ?", startAfter);
  bound("key < ?", end);
  if (prefix !== undefined && prefix !== "") {
    bound("key >= ?", prefix);
    bound("key < ?", afterPrefix(prefix));
  }
  return { conditions, values };
}
