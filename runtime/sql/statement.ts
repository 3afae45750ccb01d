// One prepared statement of users' SQL with all that is known of its text.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Authorizer, Doings } from "./authorizer.ts";
import { isHidden } from "./authorizer.ts";
import {
  isSqliteError,
  NO_STATEMENT,
  prepareError,
  runError,
  SqlError,
  TRANSACTION_REFUSED,
} from "./errors.ts";
import type { Meter } from "./meter/meter.ts";
import { parametersOf } from "./tokens.ts";
import type { Parameters } from "./tokens.ts";
import { arrayReader, objectReader, readObjects, wellFormed } from "./values.ts";
import type { Form, ReadRows, ReadRules, SqlValue } from "./values.ts";

/** The options of `node:sqlite` that Bun's types do not name. */
interface Statement extends StatementSync {
  setReturnArrays(enabled: boolean): void;
}

/** What SQLite counts for itself, as `node:sqlite` gives it where integers are not read as bigints. */
export interface Counted {
  readonly changes: number;
  /** Of the last insert on the connection. */
  readonly lastInsertRowid: number;
}

/** Making a reader takes about as long as reading this many rows without one. */
const MANY_ROWS = 50;

/** See `prepare`. */
export class Prepared {
  /** The text of the statement itself. */
  readonly sql: string;
  /** What follows it in the text that it came from: the next statements; empty when nothing does. */
  readonly rest: string;
  readonly doings: Doings;
  readonly parameters: Parameters;
  /** Whether it must run inside a transaction of ours for its failure to leave nothing behind. */
  readonly needsTransaction: boolean;
  readonly #statement: Statement;
  readonly #rules: ReadRules;
  #columns: readonly string[] | null = null;
  #form: Form = "objects";
  #readObjects: ReadRows | null = null;
  #hasRun = false;
  #bigInts = false;
  #meter: Meter | null = null;
  /** Whether it ends with its first row: then no second one is looked for, a sixth of the time. Known with the meter. */
  #endsWithFirstRow = false;
  #isCounted: boolean | null = null;

  constructor(statement: StatementSync, text: string, doings: Doings, rules: ReadRules) {
    this.#statement = statement as Statement;
    this.#rules = rules;
    this.sql = sourceOf(statement, text);
    const rest = text.slice(this.sql.length);
    this.rest = rest === "" ? rest : rest.replace(/^[ \t\n\f\r]+/, "");
    this.doings = doings;
    this.parameters = parametersOf(this.sql);
    // OR FAIL and RAISE(FAIL) keep what was done before; VACUUM is refused only inside one.
    this.needsTransaction =
      doings.unasked || (doings.writes && (doings.triggers || /\bfail\b/i.test(this.sql)));
    // What writes cannot be run again if a number is too large to read.
    if (doings.writes && this.columns.length > 0) this.#readBigInts();
  }

  /** The names of its columns; empty for a statement that gives no rows. */
  get columns(): readonly string[] {
    return (this.#columns ??= this.#statement.columns().map(({ name }) => name));
  }

  /** Counts the rows that it reads and writes; made at first use, with the rules for users' SQL off. */
  meter(database: DatabaseSync): Meter {
    if (this.#meter === null) {
      // Loaded here: what gives only rows needs none.
      const { createMeter } = require("./meter/meter.ts") as typeof import("./meter/meter.ts");
      this.#meter = createMeter(database, this.sql);
      // What writes is run to its end: only then has it all been written.
      this.#endsWithFirstRow = this.#meter.endsWithFirstRow && !this.doings.writes;
    }
    return this.#meter;
  }

  /** Runs it. The number of values must be right; throws `SqlError`. */
  rows(values: readonly SqlValue[], form: Form): unknown[] {
    if (form !== this.#form) {
      this.#statement.setReturnArrays(form === "arrays");
      this.#form = form;
    }
    const rows = this.#all(values);
    if (rows.length === 0) return rows;
    if (form === "arrays") return arrayReader(this.#rules)(rows);
    if (this.#readObjects === null) {
      // The reader pays from the second run on, or for many rows.
      if (!this.#hasRun && rows.length < MANY_ROWS) {
        this.#hasRun = true;
        return readObjects(rows, this.columns, this.#rules);
      }
      this.#readObjects = objectReader(this.columns, this.#rules);
    }
    return this.#readObjects(rows);
  }

  /** Whether SQLite's own count of what a run changed is all that it changed: then `write` runs it. */
  isCounted(meter: Meter): boolean {
    return (this.#isCounted ??= this.#countsAll(meter));
  }

  #countsAll({ runsOthers, writesVirtual }: Meter): boolean {
    const { writes, changesSchema, triggers, unasked } = this.doings;
    const isPlain = writes && !changesSchema && !triggers && !unasked;
    return isPlain && this.columns.length === 0 && !runsOthers && !writesVirtual;
  }

  /**
   * Runs one that gives no rows, and tells what SQLite counts for itself. The number of values must be right; throws
   * `SqlError`.
   */
  write(values: readonly SqlValue[]): Counted {
    try {
      const { names } = this.parameters;
      const statement = this.#statement;
      const counted =
        names === null
          ? callWith(statement.run, statement, values)
          : statement.run(...byName(names, values));
      return counted as Counted;
    } catch (error) {
      throw runError(error);
    }
  }

  #all(values: readonly SqlValue[]): unknown[] {
    try {
      const { names } = this.parameters;
      const statement = this.#statement;
      if (names !== null) return statement.all(...byName(names, values));
      if (!this.#endsWithFirstRow) return callWith(statement.all, statement, values);
      const row = callWith(statement.get, statement, values);
      return row === undefined ? [] : [row];
    } catch (error) {
      if (isSqliteError(error) || this.#bigInts || !isTooLarge(error)) throw runError(error);
      this.#readBigInts();
      return this.#all(values);
    }
  }

  #readBigInts(): void {
    this.#bigInts = true;
    this.#statement.setReadBigInts(true);
  }
}

/** Spelt out for the usual numbers of values: spreading a list takes a twentieth of the whole call. */
function callWith<T>(
  method: (...values: SqlValue[]) => T,
  statement: StatementSync,
  values: readonly SqlValue[],
): T {
  switch (values.length) {
    case 0:
      return method.call(statement);
    case 1:
      return method.call(statement, values[0] as SqlValue);
    case 2:
      return method.call(statement, values[0] as SqlValue, values[1] as SqlValue);
    default:
      return method.call(statement, ...values);
  }
}

type Named = [named: Record<string, SqlValue>, ...positional: SqlValue[]];

/** Arguments for parameters of which some have names. */
function byName(names: readonly (string | null)[], values: readonly SqlValue[]): Named {
  const named: Record<string, SqlValue> = {};
  const positional: SqlValue[] = [];
  for (const [i, value] of values.entries()) {
    const name = names[i] ?? null;
    if (name === null) positional.push(value);
    else named[name] = value;
  }
  return [named, ...positional];
}

/**
 * Prepares the first statement of a text. The authorizer guards, and has to go on guarding while the statement runs,
 * because SQLite prepares it anew when the schema has changed.
 *
 * Throws `SqlError` in workerd's words.
 */
export function prepare(
  database: DatabaseSync,
  authorizer: Authorizer,
  text: string,
  rules: ReadRules,
): Prepared {
  const sql = wellFormed(text);
  const doings = authorizer.watch();
  let statement: StatementSync;
  authorizer.guards = true;
  try {
    statement = database.prepare(sql);
  } catch (error) {
    authorizer.guards = false;
    if (doings.transaction) throw new SqlError(TRANSACTION_REFUSED);
    throw prepareError(error, database, sql);
  } finally {
    authorizer.guards = false;
  }
  if (doings.changesSchema) refuseHiddenRename(sql);
  return new Prepared(statement, sql, doings, rules);
}

// SQLite asks about the old name of a table only; workerd's asks about the new one too.
function refuseHiddenRename(sql: string): void {
  const name = /^\s*alter\s+table\s+[^]+?\s+rename\s+to\s+["'`[]?(\w+)/i.exec(sql)?.[1] ?? null;
  if (isHidden(name)) throw new SqlError("not authorized: SQLITE_AUTH");
}

function sourceOf(statement: StatementSync, text: string): string {
  try {
    const { sourceSQL } = statement;
    return text.startsWith(sourceSQL) ? sourceSQL : text.slice(0, sourceSQL.length);
  } catch {
    // Nothing but blanks, comments and semicolons: there is no statement behind the object.
    throw new SqlError(NO_STATEMENT);
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && Reflect.get(error, "code") === "ERR_OUT_OF_RANGE";
}
