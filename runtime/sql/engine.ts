// Users' SQL on one database, as workerd runs it: rules, limits, several statements in one text, error words, and what
// a call changed. Durable Objects and D1 share it; each adds its own prefix, value rules and transactions.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { Authorizer } from "./authorizer.ts";
import { ONLY_LAST_HAS_PARAMETERS, runError, SqlError, WRONG_BINDING_COUNT } from "./errors.ts";
import type { Result, Rows } from "./meter/meter.ts";
import { prepare } from "./statement.ts";
import type { Prepared } from "./statement.ts";
import type { Form, ReadRules, SqlValue } from "./values.ts";

/** Statements kept prepared, by their text. */
const KEPT_STATEMENTS = 200;

const PAGE_BYTES = 4096;

/**
 * The size is looked up again once about this much was written: asking for it takes longer than most writes, because
 * SQLite prepares that statement anew each time. A new page can show this much later than it does on workerd.
 */
const MEASURED_BYTES = 512;

const NO_ROWS: Rows = { read: 0, written: 0 };
const noRows = (): Rows => NO_ROWS;

/** How a statement is run. */
export interface RunOptions {
  readonly form: Form;
  /** Whether rows read and written are wanted; both are 0 otherwise. */
  readonly meters: boolean;
}

/** What one call did. */
export interface Outcome {
  readonly rows: unknown[];
  readonly columns: readonly string[];
  /** Changed rows, those of triggers and cascades included. */
  readonly changes: number;
  /** Of the last insert on this connection, whoever made it. */
  readonly lastRowId: number;
  readonly changed: boolean;
  readonly sizeBytes: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

/** A run that wrote. */
interface Written {
  readonly values: readonly SqlValue[];
  readonly rows: unknown[];
  readonly measured: (result: Result) => Rows;
}

/** What the engine keeps for one open handle. */
interface Handle {
  readonly database: DatabaseSync;
  readonly authorizer: Authorizer;
  readonly statements: Map<string, Prepared>;
  readonly counters: StatementSync;
  readonly pages: StatementSync;
  readonly begin: StatementSync;
  readonly commit: StatementSync;
  /** Rows of a table, remembered until something is written. */
  countRows(table: string): number;
  readonly sizes: Map<string, number>;
  totalChanges: number;
  /** Of the last statement that wrote, without triggers. */
  changes: number;
  lastRowId: number;
  sizeBytes: number;
  /** About how much was written since the size was looked up. */
  unmeasuredBytes: number;
}

/** See the head of the file. */
export class SqlEngine {
  readonly #open: () => DatabaseSync;
  readonly #rules: ReadRules;
  #handle: Handle | null = null;

  /** `open` gives the open handle; it is asked at each call, because the store may close handles that are idle. */
  constructor(open: () => DatabaseSync, rules: ReadRules) {
    this.#open = open;
    this.#rules = rules;
  }

  /** Runs a text of one or more statements; the outcome is the last one's. Throws `SqlError`. */
  run(sql: string, values: readonly SqlValue[], options: RunOptions): Outcome {
    const handle = this.#current();
    const kept = handle.statements.get(sql);
    // Pragmas take effect while they are prepared, and `foreign_keys` only outside a transaction.
    if (kept === undefined && !handle.database.isTransaction && /\bpragma\b/i.test(sql)) {
      return this.transaction(() => this.run(sql, values, options));
    }
    const prepared = kept ?? this.#prepare(handle, sql);
    if (prepared.rest !== "")
      return this.transaction(() => this.#runAll(handle, prepared, values, options));
    const isApart =
      prepared.needsTransaction ||
      (prepared.doings.writes && prepared.meter(handle.database).writesVirtual);
    if (!isApart || handle.database.isTransaction)
      return this.#runOne(handle, prepared, values, options);
    return this.transaction(() => this.#runOne(handle, prepared, values, options));
  }

  /**
   * Runs all statements of a file one by one, telling each text first; comments after the last one are fine. Throws
   * `SqlError`.
   */
  script(sql: string, onStatement: (sql: string) => void): void {
    let rest = sql;
    while (hasStatement(rest)) {
      onStatement(rest);
      const handle = this.#current();
      const prepared = prepare(handle.database, handle.authorizer, rest, this.#rules);
      onStatement(prepared.sql);
      this.#runOne(handle, prepared, [], { form: "objects", meters: false });
      rest = prepared.rest;
    }
  }

  /** Runs `work` in one transaction: all or nothing. Inside another one it is part of that. */
  transaction<T>(work: () => T): T {
    const handle = this.#current();
    const { database } = handle;
    if (database.isTransaction) return work();
    handle.begin.run();
    try {
      const result = work();
      handle.commit.run();
      // Full-text tables write their own tables now; that is nobody's change.
      readCounters(handle);
      return result;
    } catch (error) {
      // OR ROLLBACK and RAISE(ROLLBACK) have ended it already.
      if (database.isTransaction) database.exec("ROLLBACK");
      this.#forget(handle);
      throw runError(error);
    }
  }

  /** The handle, for statements of our own; the rules for users' SQL do not hold for them. */
  get database(): DatabaseSync {
    return this.#current().database;
  }

  /** Drops what is known of the database's content and schema, after statements of our own changed it. */
  refresh(): void {
    this.#handle = null;
  }

  #current(): Handle {
    const database = this.#open();
    const handle = this.#handle;
    return handle?.database === database ? handle : (this.#handle = attach(database));
  }

  #prepare(handle: Handle, sql: string): Prepared {
    const prepared = prepare(handle.database, handle.authorizer, sql, this.#rules);
    const { changesSchema, pragma } = prepared.doings;
    // A change of the schema hardly ever runs twice, and a pragma must be prepared each time.
    if (prepared.rest === "" && !changesSchema && !pragma) keep(handle.statements, sql, prepared);
    return prepared;
  }

  #runAll(
    handle: Handle,
    first: Prepared,
    values: readonly SqlValue[],
    options: RunOptions,
  ): Outcome {
    const { totalChanges } = handle;
    let prepared = first;
    let changed = false;
    while (prepared.rest !== "") {
      if (prepared.parameters.count > 0) throw new SqlError(ONLY_LAST_HAS_PARAMETERS);
      changed =
        this.#runOne(handle, prepared, [], { form: "objects", meters: false }).changed || changed;
      prepared = prepare(handle.database, handle.authorizer, prepared.rest, this.#rules);
    }
    const last = this.#runOne(handle, prepared, values, options);
    const changes = handle.totalChanges - totalChanges;
    return { ...last, changes, changed: changed || last.changed };
  }

  #runOne(
    handle: Handle,
    prepared: Prepared,
    values: readonly SqlValue[],
    options: RunOptions,
  ): Outcome {
    if (values.length !== prepared.parameters.count) throw new SqlError(WRONG_BINDING_COUNT);
    const { authorizer } = handle;
    const { doings } = prepared;
    const writes = doings.writes || doings.unasked;
    // What is written is gone or changed afterwards: the meter looks at it before.
    const meter = options.meters ? prepared.meter(handle.database) : null;
    const measured = writes ? (meter?.start(values, handle.countRows) ?? noRows) : null;
    let rows: unknown[];
    authorizer.guards = true;
    try {
      rows = prepared.rows(values, options.form);
    } catch (error) {
      authorizer.guards = false;
      this.#forget(handle);
      throw error;
    } finally {
      authorizer.guards = false;
    }
    if (doings.changesSchema) handle.statements.clear();
    if (measured !== null) return this.#written(handle, prepared, { values, rows, measured });
    return {
      rows,
      columns: prepared.columns,
      changes: 0,
      lastRowId: handle.lastRowId,
      changed: false,
      sizeBytes: handle.sizeBytes,
      rowsRead: meter?.read(values, handle.countRows, rows.length) ?? 0,
      rowsWritten: 0,
    };
  }

  #written(handle: Handle, prepared: Prepared, { values, rows, measured }: Written): Outcome {
    const { totalChanges, lastRowId, sizeBytes } = handle;
    readCounters(handle);
    handle.sizes.clear();
    const changes = handle.totalChanges - totalChanges;
    handle.unmeasuredBytes += sizeOfWrite(prepared, values) * Math.max(changes, 1);
    const { doings } = prepared;
    const isCertain = doings.changesSchema || doings.unasked || doings.triggers;
    if (isCertain || handle.unmeasuredBytes >= MEASURED_BYTES) readSize(handle);
    const direct = changes === 0 ? 0 : handle.changes;
    const { read, written } = measured({
      resultRows: rows.length,
      changes: direct,
      indirectChanges: changes - direct,
    });
    return {
      rows,
      columns: prepared.columns,
      changes,
      lastRowId: handle.lastRowId,
      changed: changes !== 0 || handle.lastRowId !== lastRowId || handle.sizeBytes !== sizeBytes,
      sizeBytes: handle.sizeBytes,
      rowsRead: read,
      rowsWritten: written,
    };
  }

  /** After a failure: counters may have moved, and a schema that was being changed is what it was. */
  #forget(handle: Handle): void {
    handle.statements.clear();
    look(handle);
  }
}

/** Whether a text has more than blanks, comments and semicolons. */
function hasStatement(sql: string): boolean {
  return /^(?:[\s;]|--[^\n]*|\/\*[^]*?(?:\*\/|$))*$/.test(sql) === false;
}

function attach(database: DatabaseSync): Handle {
  const authorizer = new Authorizer();
  database.setAuthorizer(authorizer.callback);
  const sizes = new Map<string, number>();
  const handle: Handle = {
    database,
    authorizer,
    statements: new Map(),
    counters: database.prepare(
      // As REAL, because a rowid can be larger than what JavaScript reads as an integer.
      "SELECT total_changes() AS totalChanges, changes() AS changes, last_insert_rowid() * 1.0 AS lastRowId",
    ),
    pages: database.prepare("PRAGMA page_count"),
    begin: database.prepare("BEGIN"),
    commit: database.prepare("COMMIT"),
    sizes,
    countRows: (table) => {
      const known = sizes.get(table);
      if (known !== undefined) return known;
      const quoted = table.replaceAll('"', '""');
      const row = database.prepare(`SELECT count(*) AS n FROM "${quoted}"`).get();
      const { n } = row as unknown as { n: number };
      sizes.set(table, n);
      return n;
    },
    totalChanges: 0,
    changes: 0,
    lastRowId: 0,
    sizeBytes: 0,
    unmeasuredBytes: 0,
  };
  look(handle);
  return handle;
}

/** Reads what a write may have changed. */
function look(handle: Handle): void {
  readCounters(handle);
  readSize(handle);
  handle.sizes.clear();
}

function readSize(handle: Handle): void {
  const { page_count: pages } = handle.pages.get() as unknown as { page_count: number };
  // A database that was never written to has one page on workerd, and none here.
  handle.sizeBytes = Math.max(pages, 1) * PAGE_BYTES;
  handle.unmeasuredBytes = 0;
}

/** About how much a row takes that a statement writes. */
function sizeOfWrite({ sql, parameters }: Prepared, values: readonly SqlValue[]): number {
  if (parameters.count === 0) return sql.length;
  let size = 16;
  for (const value of values)
    size += typeof value === "number" || value === null ? 8 : value.length;
  return size;
}

function readCounters(handle: Handle): void {
  const counters = handle.counters.get() as unknown as Counters;
  handle.totalChanges = counters.totalChanges;
  handle.changes = counters.changes;
  handle.lastRowId = counters.lastRowId;
}

type Counters = Pick<Handle, "totalChanges" | "changes" | "lastRowId">;

function keep(statements: Map<string, Prepared>, sql: string, prepared: Prepared): void {
  if (statements.size >= KEPT_STATEMENTS) {
    const [oldest] = statements.keys();
    if (oldest !== undefined) statements.delete(oldest);
  }
  statements.set(sql, prepared);
}
