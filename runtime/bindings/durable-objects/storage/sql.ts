// `storage.sql`: users' SQL on the object's database. Its statements are part of the turn's transaction.
// https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#sql-api

import {
  illegalConstructor,
  illegalInvocation,
  isObject,
  wrongParameter,
} from "../../../platform/arguments.ts";
import { bytesOf, isBytes } from "../../../platform/bytes.ts";
import { platformClass } from "../../../platform/class.ts";
import { SqlEngine } from "../../../sql/engine.ts";
import type { Outcome } from "../../../sql/engine.ts";
import { SqlError } from "../../../sql/errors.ts";
import type { SqlValue } from "../../../sql/values.ts";
import { wellFormed } from "../../../sql/values.ts";
import { Cursor, cursorOf, SqlStorageStatement } from "./cursor.ts";
import type { ObjectDatabase } from "./database.ts";
import type { StorageHost } from "./host.ts";

const PAGE_BYTES = 4096;

/** SQL on one object's database. */
export class Sql {
  readonly #database: ObjectDatabase;
  readonly #engine: SqlEngine;

  constructor(database: ObjectDatabase) {
    this.#database = database;
    this.#engine = new SqlEngine(() => database.handle, {
      blob: (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
      infinity: (value) => value,
    });
  }

  /** Throws an Error in workerd's words. */
  run(sql: string, values: readonly SqlValue[]): Outcome {
    const database = this.#database;
    if (!onlyReads(sql)) database.beforeWrite();
    const wasTransaction = database.handle.isTransaction;
    try {
      return this.#engine.run(sql, values, { form: "arrays", meters: true });
    } catch (error) {
      throw error instanceof SqlError ? new Error(error.message) : error;
    } finally {
      // OR ROLLBACK and RAISE(ROLLBACK) take everything back that the turn has written.
      if (wasTransaction && !database.handle.isTransaction) database.forget();
    }
  }

  get sizeBytes(): number {
    const row = this.#database.handle.prepare("PRAGMA page_count").get() as unknown as {
      page_count: number;
    };
    return Math.max(row.page_count, 1) * PAGE_BYTES;
  }

  /** Drops what is known of the schema, after others changed it. */
  refresh(): void {
    this.#engine.refresh();
  }
}

/** See the head of the file. */
export class SqlStorage {
  readonly #host: StorageHost;

  constructor(host: StorageHost) {
    if (!isObject(host)) throw illegalConstructor();
    this.#host = host;
  }

  exec(...args: unknown[]): Cursor {
    const host = SqlStorage.#of(this);
    if (args.length === 0) throw wrongParameter("SqlStorage", "exec", 1, "String");
    const [query, ...bindings] = args;
    const text = textOf(query);
    const values = bindings.map(toSqlValue);
    const sql = sqlOf(host);
    host.check();
    return cursorOf(sql.run(text, values));
  }

  get databaseSize(): number {
    const host = SqlStorage.#of(this);
    host.check();
    return sqlOf(host).sizeBytes;
  }

  get Cursor(): typeof Cursor {
    return Cursor;
  }

  get Statement(): typeof SqlStorageStatement {
    return SqlStorageStatement;
  }

  static #of(self: unknown): StorageHost {
    if (isObject(self) && #host in self) return self.#host;
    throw illegalInvocation();
  }
}

platformClass(SqlStorage);

function sqlOf({ sql }: StorageHost): Sql {
  if (sql !== null) return sql;
  throw new Error(
    "SQL is not enabled for this Durable Object class. To enable it, change `new_classes` to `new_sqlite_classes` within " +
      "the 'migrations' field in your wrangler.jsonc or wrangler.toml file. If using workerd directly,set `enableSql = " +
      "true` in your workerd config for the class. Note that this change cannot be made after the class is already " +
      "deployed to production.",
  );
}

function textOf(value: unknown): string {
  if (typeof value === "symbol") throw new TypeError("Cannot convert a Symbol value to a string");
  return String(value);
}

// Everything that is neither a number nor bytes is bound as its text.
function toSqlValue(value: unknown): SqlValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return value;
  if (typeof value === "bigint") throw new TypeError("Cannot convert a BigInt value to a number");
  if (isBytes(value)) return bytesOf(value).slice();
  return wellFormed(textOf(value));
}

// Anything else may write: then it is part of the turn's transaction.
function onlyReads(sql: string): boolean {
  return /^\s*(?:select|values|explain)\b[^;]*;?\s*$/i.test(sql);
}
