// The entries of one namespace in the store. Everything is a row, so closing and opening it anew is invisible.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Clock } from "../../clock/clock.ts";
import { afterPrefix } from "../../platform/prefix.ts";

/**
 * Values are TEXT where they are text, which makes the commonest use free of conversions, and else BLOB. Keys are
 * compared as UTF-8, which is the order of `list`. Expirations are seconds since the epoch.
 */
export const tables: readonly string[] = [
  `CREATE TABLE kv_entries (
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    value NOT NULL,
    expiration INTEGER,
    metadata TEXT,
    PRIMARY KEY (namespace, key)
  ) WITHOUT ROWID;
  CREATE INDEX kv_expirations ON kv_entries (namespace, expiration) WHERE expiration IS NOT NULL`,
];

/** A value as it is stored. */
export type Value = string | Uint8Array;

/** What `get` reads. */
export interface Stored {
  readonly value: Value;
  readonly expiration: number | null;
  /** JSON; null for none. */
  readonly metadata: string | null;
}

/** A line of a listing. */
export interface Listed {
  readonly key: string;
  readonly expiration: number | null;
  readonly metadata: string | null;
}

/** A whole row. */
export interface Entry extends Stored {
  readonly key: string;
}

/** Which keys a listing or a dump has. */
export interface Range {
  readonly prefix: string;
  /** Only keys after this one. */
  readonly after: string;
  readonly limit: number;
}

/** The resource: the entries of a namespace, with the statements that reach them. */
export class KvStorage {
  readonly #namespace: string;
  readonly #data: DatabaseSync;
  readonly #clock: Clock;
  // Each is prepared at its first use: most test files need few of them.
  #get: StatementSync | null = null;
  #put: StatementSync | null = null;
  #delete: StatementSync | null = null;
  /** What listings need, by its SQL. */
  readonly #others = new Map<string, StatementSync>();

  constructor(namespace: string, data: DatabaseSync, clock: Clock) {
    this.#namespace = namespace;
    this.#data = data;
    this.#clock = clock;
  }

  /** The world's time, in whole seconds since the epoch. */
  nowSeconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }

  /** The live entry of a key, or null. Removes it when it has expired. */
  get(key: string): Stored | null {
    const entry = this.#read(key);
    if (entry === undefined) return null;
    if (this.#isLive(entry)) return entry;
    this.delete(key);
    return null;
  }

  /** The same, but changes nothing. */
  peek(key: string): Stored | null {
    const entry = this.#read(key);
    return entry !== undefined && this.#isLive(entry) ? entry : null;
  }

  /** Sets an entry; `metadata` is JSON. */
  put(key: string, value: Value, expiration: number | null, metadata: string | null): void {
    // An empty blob would be bound as NULL.
    const stored = value.length === 0 ? "" : value;
    this.#put ??= this.#data.prepare("INSERT OR REPLACE INTO kv_entries VALUES (?, ?, ?, ?, ?)");
    this.#put.run(this.#namespace, key, stored, expiration, metadata);
  }

  delete(key: string): void {
    this.#delete ??= this.#data.prepare("DELETE FROM kv_entries WHERE namespace = ? AND key = ?");
    this.#delete.run(this.#namespace, key);
  }

  /** The live keys of a range, in the order of their UTF-8 bytes. Removes what has expired. */
  list(range: Range): Listed[] {
    this.#statement("DELETE FROM kv_entries WHERE namespace = ? AND expiration <= ?").run(
      this.#namespace,
      this.nowSeconds(),
    );
    return this.#select<Listed>("key, expiration, metadata", range);
  }

  /** The live entries of a range; changes nothing. */
  entries(range: Range): Entry[] {
    return this.#select<Entry>("key, value, expiration, metadata", range);
  }

  // What the statements give has the types of the table.

  #read(key: string): Stored | undefined {
    this.#get ??= this.#data.prepare(
      "SELECT value, expiration, metadata FROM kv_entries WHERE namespace = ? AND key = ?",
    );
    return this.#get.get(this.#namespace, key) as Stored | undefined;
  }

  #isLive({ expiration }: Stored): boolean {
    return expiration === null || expiration > this.nowSeconds();
  }

  #select<Row extends Listed>(columns: string, { prefix, after, limit }: Range): Row[] {
    const end = afterPrefix(prefix);
    const bounds: string[] = [];
    const values: string[] = [];
    const bound = (condition: string, value: string): void => {
      bounds.push(` AND ${condition}`);
      values.push(value);
    };
    // A cursor inside the prefix is the closer bound, and the index takes only one.
    if (after === "" || !after.startsWith(prefix)) bound("key >= ?", prefix);
    if (after !== "") bound("key > ?", after);
    if (end !== null) bound("key < ?", end);
    const statement = this.#statement(
      `SELECT ${columns} FROM kv_entries WHERE namespace = ?${bounds.join("")}` +
        " AND (expiration IS NULL OR expiration > ?) ORDER BY key LIMIT ?",
    );
    return statement.all(this.#namespace, ...values, this.nowSeconds(), limit) as unknown as Row[];
  }

  #statement(sql: string): StatementSync {
    const known = this.#others.get(sql);
    if (known !== undefined) return known;
    const statement = this.#data.prepare(sql);
    this.#others.set(sql, statement);
    return statement;
  }
}
