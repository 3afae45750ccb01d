// Rows read and written by a statement, as workerd's SQLite counts them. No SQLite without workerd's patch counts rows,
// so they are derived from the statement's program and what the run gave: exact for look-ups by key, scans, index
// ranges with known keys, sorts of these and their writes; for joins, subqueries and filters before a limit an estimate.

import type { DatabaseSync } from "node:sqlite";
import type { SqlValue } from "../values.ts";
import { readProgram } from "./program.ts";
import type { Loop, Op, Program } from "./program.ts";
import { isRowId, keyIn } from "./keys.ts";
import { groupsOf, rangeOf } from "./range.ts";
import type { CountRange, Groups, Visits } from "./range.ts";
import { shapeOf } from "./shape.ts";
import type { Shape } from "./shape.ts";
import { Walk } from "./walk.ts";

/** Rows read and written. */
export interface Rows {
  readonly read: number;
  readonly written: number;
}

/** What a run gave. */
export interface Result {
  /** Rows that it gave. */
  readonly resultRows: number;
  /** Rows that it changed itself. */
  readonly changes: number;
  /** Rows that its triggers and cascades changed. */
  readonly indirectChanges: number;
}

/** Counts the rows of a table; remembered until something is written. */
export type CountRows = (table: string) => number;

/** The meter of one statement. */
export interface Meter {
  /** Whether it writes to a virtual table, some of which write their own tables only at COMMIT. */
  readonly writesVirtual: boolean;
  /** Whether it runs programs of others: triggers and the actions of foreign keys. */
  readonly runsOthers: boolean;
  /** Whether it ends with its first row, whatever is there: a look-up by a unique key, an aggregate. */
  readonly endsWithFirstRow: boolean;
  /**
   * Looks at the data that a run is going to see: before the run when it writes. What it gives tells the rows once the
   * result is known.
   */
  start(values: readonly SqlValue[], countRows: CountRows): (result: Result) => Rows;
  /** The same in one step, after a run that wrote nothing; gives the rows read. */
  read(values: readonly SqlValue[], countRows: CountRows, resultRows: number): number;
}

const NOTHING: Rows = { read: 0, written: 0 };

/** Makes the meter of a statement. */
export function createMeter(database: DatabaseSync, sql: string): Meter {
  if (/^\s*(explain|pragma)\b/i.test(sql)) {
    const nothing = { writesVirtual: false, runsOthers: false, endsWithFirstRow: false };
    return { ...nothing, start: () => () => NOTHING, read: () => 0 };
  }
  return new ProgramMeter(database, sql);
}

class ProgramMeter implements Meter {
  readonly writesVirtual: boolean;
  readonly runsOthers: boolean;
  readonly endsWithFirstRow: boolean;
  readonly #program: Program;
  readonly #shape: Shape;
  readonly #ranges = new Map<Loop, CountRange>();
  readonly #groups = new Map<Loop, () => Groups>();
  readonly #scanned: ReadonlySet<string>;
  /** For programs whose rows depend on nothing but whether there is a result and a change: what they are. */
  readonly #settled: (Rows | undefined)[] | null;
  /** Bound values by which such a program takes another way when they are null, or no rowid. */
  readonly #watched: readonly Watched[];
  /** Whether the table of an upsert is counted before and after, to know which rows were new. */
  readonly #countsTarget: boolean;

  constructor(database: DatabaseSync, sql: string) {
    const program = readProgram(database, sql);
    this.#program = program;
    this.#shape = shapeOf(program, sql);
    this.writesVirtual = program.ops.some(({ opcode }) => opcode === "VUpdate");
    this.runsOthers = program.children.length > 0;
    this.endsWithFirstRow = endsWithFirstRow(program);
    for (const part of [program, ...program.children]) {
      for (const loop of seekLoops(part)) {
        const range = rangeOf(database, part, loop);
        const groups = range === null ? groupsOf(database, part, loop) : null;
        if (range !== null) this.#ranges.set(loop, range);
        if (groups !== null) this.#groups.set(loop, groups);
      }
    }
    this.#scanned = scannedTables(program);
    const straight = isStraight(program);
    this.#countsTarget = this.#shape.target !== null && !(straight && this.#waysAreEqual(sql));
    this.#settled = straight && !this.#countsTarget ? [] : null;
    this.#watched = watchedValues(program);
  }

  start(values: readonly SqlValue[], countRows: CountRows): (result: Result) => Rows {
    const settled = this.#settled;
    if (settled === null || !this.#isUsual(values)) return this.#walk(values, countRows);
    return (result) => {
      const at = (result.resultRows === 0 ? 0 : 1) + (result.changes === 0 ? 0 : 2);
      return (settled[at] ??= this.#walk(values, countRows)(result));
    };
  }

  read(values: readonly SqlValue[], countRows: CountRows, resultRows: number): number {
    const settled = this.#settled?.[resultRows === 0 ? 0 : 1];
    if (settled !== undefined && this.#isUsual(values)) return settled.read;
    return this.start(values, countRows)({ resultRows, changes: 0, indirectChanges: 0 }).read;
  }

  #isUsual(values: readonly SqlValue[]): boolean {
    for (const { param, as } of this.#watched) {
      const value = values[param - 1];
      if (value === null || (as === "count" && value === 0)) return false;
      if (as === "rowid" && !isRowId(value)) return false;
    }
    return true;
  }

  #walk(values: readonly SqlValue[], countRows: CountRows): (result: Result) => Rows {
    const visits = new Map<Loop, Visits>();
    for (const [loop, range] of this.#ranges) visits.set(loop, range(values));
    const groups = new Map<Loop, Groups>();
    for (const [loop, group] of this.#groups) groups.set(loop, group());
    const sizes = new Map<string, number>();
    for (const table of this.#scanned) sizes.set(table, countRows(table));
    const target = this.#countsTarget ? this.#shape.target : null;
    const before = target === null ? 0 : countRows(target);
    return (result) => {
      const inserted = target === null ? result.changes : countRows(target) - before;
      const facts = { ...result, values, visits, groups, sizes, inserted };
      return new Walk(this.#program, this.#shape, facts).rows();
    };
  }

  /** Whether a row that changes something counts the same if it is new or was there, so that nobody need know. */
  #waysAreEqual(sql: string): boolean {
    if (/\bor\s+ignore\b|\bdo\s+nothing\b/i.test(sql)) return true;
    const nothing = { values: [], visits: new Map(), groups: new Map(), sizes: new Map() };
    const [fresh, met] = [1, 0].map((inserted) =>
      new Walk(this.#program, this.#shape, {
        ...{ ...nothing, resultRows: 0, changes: 1, indirectChanges: 0, inserted },
      }).rows(),
    );
    return fresh?.read === met?.read && fresh?.written === met?.written;
  }
}

/** Neither loops nor triggers, and nothing that depends on how much is there. */
function isStraight({ ops, loops, children }: Program): boolean {
  if (loops.size > 0 || children.length > 0) return false;
  return !ops.some(({ opcode }) => opcode === "Clear" || opcode === "Count" || opcode === "Yield");
}

/** What follows the only instruction that gives a row is the end, or the count of LIMIT before it. */
function endsWithFirstRow({ ops }: Program): boolean {
  const isResult = ({ opcode }: Op): boolean => opcode === "ResultRow";
  const at = ops.findIndex(isResult);
  const next = ops[at + 1];
  const isLimited = next?.opcode === "DecrJumpZero" && ops[next.p2]?.opcode === "Halt";
  const end = isLimited ? ops[at + 2] : next;
  return at !== -1 && at === ops.findLastIndex(isResult) && end?.opcode === "Halt";
}

/** A bound value that a jump depends on: on being a rowid, on not being 0, or just on not being null. */
interface Watched {
  readonly param: number;
  readonly as: "rowid" | "count" | "value";
}

const WATCHED: Readonly<Record<string, Watched["as"]>> = {
  SeekRowid: "rowid",
  NotExists: "rowid",
  IfNot: "count",
  IsNull: "value",
};

function watchedValues(program: Program): readonly Watched[] {
  return program.ops.flatMap(({ opcode, p1, p3, addr }) => {
    const as = WATCHED[opcode];
    if (as === undefined) return [];
    const key = keyIn(program, as === "rowid" ? p3 : p1, addr);
    return key !== null && "param" in key ? [{ param: key.param, as }] : [];
  });
}

function seekLoops({ loops }: Program): readonly Loop[] {
  return [...loops.values()].filter(({ opener }) => opener.opcode.startsWith("Seek"));
}

/** The tables whose size matters. */
function scannedTables({ ops, loops, cursors, children }: Program): Set<string> {
  const tables = new Set(children.flatMap((child) => [...scannedTables(child)]));
  for (const op of ops) {
    const isScan = loops.has(op.addr) || op.opcode === "Count";
    const cursor = isScan ? cursors.get(op.p1) : undefined;
    if (cursor?.kind === "table" || cursor?.kind === "index") tables.add(cursor.table);
  }
  return tables;
}
