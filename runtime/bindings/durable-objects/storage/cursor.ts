// The result of `sql.exec()`: gives each row once, as objects or, through `raw()`, as arrays. The rows were all read when
// the statement ran.
// https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#returns-1

import { illegalConstructor, illegalInvocation, isObject } from "../../../platform/arguments.ts";
import { platformClass } from "../../../platform/class.ts";
import type { Outcome } from "../../../sql/engine.ts";

type Row = Record<string, unknown>;

/** What a cursor and its raw iterator share. */
class Position {
  readonly outcome: Outcome;
  /** How many rows were given. */
  #given = 0;

  constructor(outcome: Outcome) {
    this.outcome = outcome;
  }

  next(): unknown[] | null {
    const row = this.outcome.rows[this.#given];
    if (row === undefined) return null;
    this.#given++;
    // Rows were asked for as arrays.
    return row as unknown[];
  }

  /** On workerd the statement is always one row ahead of what was given, and no further. */
  get rowsRead(): number {
    const { rows, rowsRead } = this.outcome;
    return Math.max(0, rowsRead - Math.max(0, rows.length - this.#given - 1));
  }
}

/** See the head of the file. */
export class Cursor {
  readonly #position: Position;

  constructor(position: unknown) {
    if (!(position instanceof Position)) throw illegalConstructor();
    this.#position = position;
  }

  next(): IteratorResult<Row> {
    const row = this.#row();
    return row === null ? { done: true, value: undefined } : { done: false, value: row };
  }

  toArray(): Row[] {
    const rows: Row[] = [];
    for (let row = this.#row(); row !== null; row = this.#row()) rows.push(row);
    return rows;
  }

  one(): Row {
    const row = this.#row();
    if (row === null) {
      throw new Error("Expected exactly one result from SQL query, but got no results.");
    }
    if (this.#row() !== null) {
      throw new Error("Expected exactly one result from SQL query, but got multiple results.");
    }
    return row;
  }

  raw(): RawIterator {
    return new RawIterator(Cursor.#of(this));
  }

  get columnNames(): string[] {
    return [...Cursor.#of(this).outcome.columns];
  }

  get rowsRead(): number {
    return Cursor.#of(this).rowsRead;
  }

  get rowsWritten(): number {
    return Cursor.#of(this).outcome.rowsWritten;
  }

  [Symbol.iterator](): this {
    return this;
  }

  #row(): Row | null {
    const position = Cursor.#of(this);
    const values = position.next();
    if (values === null) return null;
    const row: Row = {};
    // Assigned, so that a column "__proto__" is lost, as on workerd.
    for (const [i, name] of position.outcome.columns.entries()) row[name] = values[i];
    return row;
  }

  static #of(self: unknown): Position {
    if (isObject(self) && #position in self) return self.#position;
    throw illegalInvocation();
  }
}

/** Gives the rows as arrays. */
export class RawIterator {
  readonly #position: Position;

  constructor(position: unknown) {
    if (!(position instanceof Position)) throw illegalConstructor();
    this.#position = position;
  }

  next(): IteratorResult<unknown[]> {
    const row = this.#position.next();
    return row === null ? { done: true, value: undefined } : { done: false, value: row };
  }

  toArray(): unknown[][] {
    const rows: unknown[][] = [];
    for (let row = this.#position.next(); row !== null; row = this.#position.next()) {
      rows.push(row);
    }
    return rows;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** Only a name of workerd's: nothing makes one. */
export class SqlStorageStatement {
  constructor() {
    throw illegalConstructor();
  }
}

platformClass(Cursor);
platformClass(RawIterator);

/** The cursor of a result. */
export function cursorOf(outcome: Outcome): Cursor {
  return new Cursor(new Position(outcome));
}
