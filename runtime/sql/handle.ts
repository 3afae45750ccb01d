// One open database with all that the engine keeps beside it: its statements, and what is known of its content.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { Authorizer } from "./authorizer.ts";
import type { Counted, Prepared } from "./statement.ts";
import type { SqlValue } from "./values.ts";

/** Statements kept prepared, by their text. */
const KEPT_STATEMENTS = 200;

const PAGE_BYTES = 4096;

/**
 * The size is looked up again once about this much was written: asking for it takes longer than most writes, because
 * SQLite prepares that statement anew each time. A new page can show this much later than it does on workerd.
 */
const MEASURED_BYTES = 1024;

interface Counters {
  readonly totalChanges: number;
  readonly changes: number;
  readonly lastRowId: number;
}

/** See the head of the file. */
export class Handle {
  readonly database: DatabaseSync;
  readonly authorizer = new Authorizer();
  // Our own statements, each prepared at its first use: a database that is only read needs none.
  #begin: StatementSync | null = null;
  #commit: StatementSync | null = null;
  #counters: StatementSync | null = null;
  #pages: StatementSync | null = null;
  readonly #statements = new Map<string, Prepared>();
  readonly #sizes = new Map<string, number>();
  #unmeasuredBytes = 0;
  #isKnown = false;
  totalChanges = 0;
  /** Of the last statement that wrote, without triggers. */
  changes = 0;
  lastRowId = 0;
  sizeBytes = 0;

  constructor(database: DatabaseSync) {
    this.database = database;
    database.setAuthorizer(this.authorizer.callback);
  }

  get begin(): StatementSync {
    return (this.#begin ??= this.database.prepare("BEGIN"));
  }

  get commit(): StatementSync {
    return (this.#commit ??= this.database.prepare("COMMIT"));
  }

  /** The statement of a text, if it was kept. */
  kept(sql: string): Prepared | undefined {
    return this.#statements.get(sql);
  }

  /** Keeps a statement; the oldest one goes when there are too many. */
  keep(sql: string, prepared: Prepared): void {
    if (this.#statements.size >= KEPT_STATEMENTS) {
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, prepared);
  }

  /** Forgets all statements: names may mean something else now. */
  dropStatements(): void {
    this.#statements.clear();
  }

  /** Rows of a table, remembered until something is written. */
  readonly countRows = (table: string): number => {
    const known = this.#sizes.get(table);
    if (known !== undefined) return known;
    const quoted = table.replaceAll('"', '""');
    const row = this.database.prepare(`SELECT count(*) AS n FROM "${quoted}"`).get();
    const { n } = row as unknown as { n: number };
    this.#sizes.set(table, n);
    return n;
  };

  /** Sees to it that the counters and the size are known: before something is written, or when they are asked for. */
  lookOnce(): void {
    if (!this.#isKnown) this.look();
  }

  /** Reads everything that a write may have changed. */
  look(): void {
    this.#isKnown = true;
    this.readCounters();
    this.#readSize();
    this.#sizes.clear();
  }

  /** Takes what one statement changed, or reads it where nobody counted. */
  lookAfter(prepared: Prepared, values: readonly SqlValue[], counted: Counted | null): void {
    const { totalChanges } = this;
    if (counted === null) {
      this.readCounters();
    } else {
      this.totalChanges += counted.changes;
      this.changes = counted.changes;
      this.lastRowId = counted.lastInsertRowid;
    }
    // Mostly empty, and clearing costs a call.
    if (this.#sizes.size > 0) this.#sizes.clear();
    const rows = Math.max(this.totalChanges - totalChanges, 1);
    this.#unmeasuredBytes += sizeOfWrite(prepared, values) * rows;
    const { changesSchema, unasked, triggers } = prepared.doings;
    const mayBeMore = changesSchema || unasked || triggers;
    if (mayBeMore || this.#unmeasuredBytes >= MEASURED_BYTES) this.#readSize();
  }

  /** Reads the counters alone. */
  readCounters(): void {
    this.#counters ??= this.database.prepare(
      // As REAL, because a rowid can be larger than what JavaScript reads as an integer.
      "SELECT total_changes() AS totalChanges, changes() AS changes, last_insert_rowid() * 1.0 AS lastRowId",
    );
    const { totalChanges, changes, lastRowId } = this.#counters.get() as unknown as Counters;
    this.totalChanges = totalChanges;
    this.changes = changes;
    this.lastRowId = lastRowId;
  }

  #readSize(): void {
    this.#pages ??= this.database.prepare("PRAGMA page_count");
    const { page_count: pages } = this.#pages.get() as unknown as { page_count: number };
    // A database that was never written to has one page on workerd, and none here.
    this.sizeBytes = (pages || 1) * PAGE_BYTES;
    this.#unmeasuredBytes = 0;
  }
}

/** About how much a row takes that a statement writes. */
function sizeOfWrite({ sql, parameters }: Prepared, values: readonly SqlValue[]): number {
  if (parameters.count === 0) return sql.length;
  let size = 16;
  for (const value of values) {
    size += typeof value === "number" || value === null ? 8 : value.length;
  }
  return size;
}
