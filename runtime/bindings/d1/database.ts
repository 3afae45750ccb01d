// One D1 database: an SQLite file of its own, in which each call really commits. What it answers is what D1's service
// answers to the client in api.ts.

import type { Context } from "../../binding.ts";
import { SqlEngine } from "../../sql/engine.ts";
import type { Outcome, RunOptions } from "../../sql/engine.ts";
import { SQL_LIMITS } from "../../sql/limits.ts";
import type { Form, SqlValue } from "../../sql/values.ts";
import type { D1Options } from "./config.ts";
import { bringUpToDate, migrationsOf } from "./migrations.ts";
import type { Migrations } from "./migrations.ts";
import { READ_RULES, toSqlValues, UNREADABLE_REQUEST } from "./values.ts";

/** A statement as the client sends it. */
export interface Query {
  readonly sql: unknown;
  readonly params?: unknown;
}

/** The answer to one statement, with what it did. */
export interface Answer {
  readonly success: true;
  readonly meta: D1Meta;
  readonly results: unknown[];
}

/** The answer to one statement of `query()`. */
export interface TableAnswer {
  readonly meta: D1Meta;
  readonly data: {
    readonly kind: "raw";
    readonly columns: readonly string[];
    readonly rows: unknown[];
  };
}

/** https://developers.cloudflare.com/d1/worker-api/return-object/ */
export interface D1Meta {
  readonly served_by: string;
  readonly served_by_primary: boolean;
  readonly total_attempts: number;
  readonly timings: { readonly sql_duration_ms: number };
  readonly duration: number;
  readonly changes: number;
  readonly last_row_id: number;
  readonly changed_db: boolean;
  readonly size_after: number;
  readonly rows_read: number;
  readonly rows_written: number;
}

/** How a database is opened. */
export interface D1Settings {
  /** "automatic" applies them when the database is opened; "manual" leaves them to the test suite. */
  readonly migrations: "automatic" | "manual";
}

/** See the head of the file. */
export class Database {
  readonly engine: SqlEngine;
  /** The table of applied migrations, which is no state of the worker's. */
  readonly migrationsTable: string;

  constructor(context: Context<D1Options>, settings: D1Settings) {
    const migrations =
      settings.migrations === "automatic" ? migrationsOf(context.definitions) : null;
    const path = `d1/${fileName(context.id)}.sqlite`;
    const options = { limits: SQL_LIMITS, ...imageOf(migrations) };
    this.engine = new SqlEngine(() => context.store.database(path, options), READ_RULES);
    this.migrationsTable = context.definitions[0]?.options.migrations.table ?? "d1_migrations";
    // A new database has them from its image; one of an earlier run may lack some.
    if (migrations !== null) bringUpToDate(this.engine, migrations);
  }

  /** Runs one statement. */
  one(sql: unknown, params: unknown): Answer {
    const start = Bun.nanoseconds();
    const outcome = this.engine.run(textOf(sql), valuesOf(params), OBJECTS);
    return answerOf(outcome, since(start));
  }

  /** Runs one statement and gives only its rows, without counting what it read. */
  rows(sql: unknown, params: unknown, form: Form): Outcome {
    const options = form === "arrays" ? BARE_ARRAYS : BARE_OBJECTS;
    return this.engine.run(textOf(sql), valuesOf(params), options);
  }

  /** Runs statements in one transaction; those that are only comments are left out. */
  many(queries: readonly Query[]): Answer[] {
    return this.#all(queries, OBJECTS).map(({ outcome, duration }) => answerOf(outcome, duration));
  }

  /** Runs statements in one transaction and gives only how long each took, in ms. */
  durations(queries: readonly Query[]): number[] {
    return this.#all(queries, BARE_OBJECTS).map(({ duration }) => duration);
  }

  /** Runs statements in one transaction, with columns and rows apart: what `query()` answers. */
  tables(queries: readonly Query[]): TableAnswer[] {
    return this.#all(queries, ARRAYS).map(({ outcome, duration }) => ({
      meta: metaOf(outcome, duration),
      data: { kind: "raw", columns: outcome.columns, rows: outcome.rows },
    }));
  }

  #all(queries: readonly Query[], options: RunOptions): { outcome: Outcome; duration: number }[] {
    const read = queries
      .map(({ sql, params }) => ({ sql: readText(sql), values: valuesOf(params) }))
      .filter(({ sql }) => !isComment(sql));
    if (read.length === 0) throw new Error(NO_STATEMENTS);
    return this.engine.transaction(() =>
      read.map(({ sql, values }) => {
        const start = Bun.nanoseconds();
        const outcome = this.engine.run(sql, values, options);
        return { outcome, duration: since(start) };
      }),
    );
  }

  /**
   * A bookmark after what was committed so far. Its counter is in the file's header, as `user_version`: users cannot
   * reach that, and it lives and is rolled back with the data.
   */
  nextBookmark(): string {
    const { database } = this.engine;
    const row = database.prepare("PRAGMA user_version").get() as unknown as {
      user_version: number;
    };
    database.exec(`PRAGMA user_version = ${row.user_version + 1}`);
    return `00000000-${row.user_version.toString(16).padStart(8, "0")}-00000000-${"0".repeat(32)}`;
  }
}

const NO_VALUES: readonly SqlValue[] = [];
const OBJECTS: RunOptions = { form: "objects", meters: true };
const ARRAYS: RunOptions = { form: "arrays", meters: true };
const BARE_OBJECTS: RunOptions = { form: "objects", meters: false };
const BARE_ARRAYS: RunOptions = { form: "arrays", meters: false };

const NO_STATEMENTS = "No SQL statements detected.";

/** The text of a statement that is run alone. */
function textOf(sql: unknown): string {
  const text = readText(sql);
  if (isComment(text)) throw new Error(NO_STATEMENTS);
  return text;
}

function readText(sql: unknown): string {
  if (typeof sql !== "string") throw new Error(UNREADABLE_REQUEST);
  return sql;
}

function valuesOf(params: unknown): readonly SqlValue[] {
  if (params === undefined || params === null) return NO_VALUES;
  if (!Array.isArray(params)) throw new Error(UNREADABLE_REQUEST);
  return toSqlValues(params);
}

function answerOf(outcome: Outcome, duration: number): Answer {
  return { success: true, meta: metaOf(outcome, duration), results: outcome.rows };
}

function metaOf(outcome: Outcome, duration: number): D1Meta {
  return {
    served_by: "miniflare.db",
    served_by_primary: true,
    total_attempts: 1,
    timings: { sql_duration_ms: duration },
    duration,
    changes: outcome.changes,
    last_row_id: outcome.lastRowId,
    changed_db: outcome.changed,
    size_after: outcome.sizeBytes,
    rows_read: outcome.rowsRead,
    rows_written: outcome.rowsWritten,
  };
}

/** Real time in ms since a time of `Bun.nanoseconds()`; the world's clock may stand still. */
function since(start: number): number {
  return (Bun.nanoseconds() - start) / 1e6;
}

/** Whether a text holds nothing but blanks and line comments. */
function isComment(sql: string): boolean {
  const first = sql.charCodeAt(0);
  // A letter first: the usual case, decided without a search.
  if ((first >= 65 && first <= 90) || (first >= 97 && first <= 122)) return false;
  return sql.split(/[\n\r\u2028\u2029]/).every((line) => /^\s*(--|$)/.test(line));
}

function imageOf(migrations: Migrations | null): {
  image?: { hash: string; create(): Uint8Array };
} {
  return migrations === null || migrations.files.length === 0 ? {} : { image: migrations.image };
}

/** Any id as a name of a file. */
function fileName(id: string): string {
  const safe = id.replace(/[^\w-]/g, (unit) => `%${unit.charCodeAt(0).toString(16)}`);
  return safe.length <= 100 ? safe : `${safe.slice(0, 60)}-${Bun.hash.wyhash(id).toString(16)}`;
}
