// Users' SQL on one database, as workerd runs it: rules, limits, several statements in one text, error words, and what
// a call changed. Durable Objects and D1 share it; each adds its own prefix, value rules and transactions.

import type { DatabaseSync } from "node:sqlite";
import { ONLY_LAST_HAS_PARAMETERS, runError, SqlError, WRONG_BINDING_COUNT } from "./errors.ts";
import { Handle } from "./handle.ts";
import type { Rows } from "./meter/meter.ts";
import { prepare } from "./statement.ts";
import type { Counted, Prepared } from "./statement.ts";
import type { Form, ReadRules, SqlValue } from "./values.ts";

const NO_ROWS: Rows = { read: 0, written: 0 };
const noRows = (): Rows => NO_ROWS;

/** How a statement is run. */
export interface RunOptions {
  readonly form: Form;
  /**
   * Whether it is wanted what the call meant for the database. Otherwise `rowsRead` and `rowsWritten` are 0, and of a call
   * that only read, `lastRowId` and `sizeBytes` too.
   */
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
    const kept = handle.kept(sql);
    // Pragmas take effect while they are prepared, and `foreign_keys` only outside a transaction.
    if (kept === undefined && !handle.database.isTransaction && mentionsPragma(sql)) {
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
      handle.readCounters();
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
    return handle?.database === database ? handle : (this.#handle = new Handle(database));
  }

  #prepare(handle: Handle, sql: string): Prepared {
    const prepared = prepare(handle.database, handle.authorizer, sql, this.#rules);
    const { changesSchema, pragma } = prepared.doings;
    // A change of the schema hardly ever runs twice, and a pragma must be prepared each time.
    if (prepared.rest === "" && !changesSchema && !pragma) handle.keep(sql, prepared);
    return prepared;
  }

  #runAll(
    handle: Handle,
    first: Prepared,
    values: readonly SqlValue[],
    options: RunOptions,
  ): Outcome {
    handle.lookOnce();
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
    const { doings } = prepared;
    if (doings.writes || doings.unasked) return this.#write(handle, prepared, values, options);
    if (options.meters) handle.lookOnce();
    const rows = this.#rows(handle, prepared, values, options.form);
    if (doings.changesSchema) handle.dropStatements();
    return {
      rows,
      columns: prepared.columns,
      changes: 0,
      lastRowId: handle.lastRowId,
      changed: false,
      sizeBytes: handle.sizeBytes,
      rowsRead: options.meters
        ? prepared.meter(handle.database).read(values, handle.countRows, rows.length)
        : 0,
      rowsWritten: 0,
    };
  }

  #write(
    handle: Handle,
    prepared: Prepared,
    values: readonly SqlValue[],
    options: RunOptions,
  ): Outcome {
    handle.lookOnce();
    const { totalChanges, lastRowId, sizeBytes } = handle;
    // What is written is gone or changed afterwards: the meter looks at it before.
    const meter = options.meters ? prepared.meter(handle.database) : null;
    const measured = meter?.start(values, handle.countRows) ?? noRows;
    const isCounted = meter !== null && prepared.isCounted(meter);
    const counted = isCounted ? this.#count(handle, prepared, values) : null;
    const rows = isCounted ? [] : this.#rows(handle, prepared, values, options.form);
    if (prepared.doings.changesSchema) handle.dropStatements();
    handle.lookAfter(prepared, values, counted);
    const changes = handle.totalChanges - totalChanges;
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

  #rows(handle: Handle, prepared: Prepared, values: readonly SqlValue[], form: Form): unknown[] {
    const { authorizer } = handle;
    authorizer.guards = true;
    try {
      return prepared.rows(values, form);
    } catch (error) {
      throw this.#failed(handle, error);
    } finally {
      authorizer.guards = false;
    }
  }

  #count(handle: Handle, prepared: Prepared, values: readonly SqlValue[]): Counted {
    const { authorizer } = handle;
    authorizer.guards = true;
    try {
      return prepared.write(values);
    } catch (error) {
      throw this.#failed(handle, error);
    } finally {
      authorizer.guards = false;
    }
  }

  #failed(handle: Handle, error: unknown): unknown {
    // What is looked up now is no SQL of users.
    handle.authorizer.guards = false;
    this.#forget(handle);
    return error;
  }

  /** After a failure: counters may have moved, and a schema that was being changed is what it was. */
  #forget(handle: Handle): void {
    handle.dropStatements();
    handle.look();
  }
}

/** Words are looked for first: that is native, and a pattern is compiled anew in each test file under `--isolate`. */
function mentionsPragma(sql: string): boolean {
  return sql.toLowerCase().includes("pragma") && /\bpragma\b/i.test(sql);
}

/** Whether a text has more than blanks, comments and semicolons. */
function hasStatement(sql: string): boolean {
  return /^(?:[\s;]|--[^\n]*|\/\*[^]*?(?:\*\/|$))*$/.test(sql) === false;
}
