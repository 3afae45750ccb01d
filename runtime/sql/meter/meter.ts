// Rows read and written by a statement, as workerd's SQLite counts them. No SQLite without workerd's patch counts rows,
// so they are derived from the statement's program and what the run gave: exact for look-ups by key, scans, index
// ranges with known keys, sorts of these and their writes; for joins, subqueries and filters before a limit an estimate.

import type { DatabaseSync } from "node:sqlite";
import type { SqlValue } from "../values.ts";
import { readProgram } from "./program.ts";
import type { Loop, Program } from "./program.ts";
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
  /**
   * Looks at the data that a run is going to see: before the run when it writes. What it gives tells the rows once the
   * result is known.
   */
  start(values: readonly SqlValue[], countRows: CountRows): (result: Result) => Rows;
}

const NOTHING: Rows = { read: 0, written: 0 };

/** Makes the meter of a statement. */
export function createMeter(database: DatabaseSync, sql: string): Meter {
  if (/^\s*(explain|pragma)\b/i.test(sql)) {
    return { writesVirtual: false, start: () => () => NOTHING };
  }
  return new ProgramMeter(database, sql);
}

class ProgramMeter implements Meter {
  readonly writesVirtual: boolean;
  readonly #program: Program;
  readonly #shape: Shape;
  readonly #ranges = new Map<Loop, CountRange>();
  readonly #groups = new Map<Loop, () => Groups>();
  readonly #scanned: ReadonlySet<string>;
  /** For programs whose rows depend on nothing but whether there is a result and a change: what they are. */
  readonly #settled: (Rows | undefined)[] | null;
  /** Bound values by which such a program takes another way when they are null, or no rowid. */
  readonly #watched: readonly number[];

  constructor(database: DatabaseSync, sql: string) {
    const program = readProgram(database, sql);
    this.#program = program;
    this.#shape = shapeOf(program, sql);
    this.writesVirtual = program.ops.some(({ opcode }) => opcode === "VUpdate");
    for (const part of [program, ...program.children]) {
      for (const loop of seekLoops(part)) {
        const range = rangeOf(database, part, loop);
        const groups = range === null ? groupsOf(database, part, loop) : null;
        if (range !== null) this.#ranges.set(loop, range);
        if (groups !== null) this.#groups.set(loop, groups);
      }
    }
    this.#scanned = scannedTables(program);
    this.#settled = isStraight(program) && this.#shape.target === null ? [] : null;
    this.#watched = watchedValues(program);
  }

  start(values: readonly SqlValue[], countRows: CountRows): (result: Result) => Rows {
    const settled = this.#settled;
    if (settled !== null && this.#watched.every((param) => isRowId(values[param - 1]))) {
      return ({ resultRows, changes, indirectChanges }) => {
        const at = (resultRows === 0 ? 0 : 1) + (changes === 0 ? 0 : 2);
        return (settled[at] ??= this.#walk(
          values,
          countRows,
        )({ resultRows, changes, indirectChanges }));
      };
    }
    return this.#walk(values, countRows);
  }

  #walk(values: readonly SqlValue[], countRows: CountRows): (result: Result) => Rows {
    const visits = new Map<Loop, Visits>();
    for (const [loop, range] of this.#ranges) visits.set(loop, range(values));
    const groups = new Map<Loop, Groups>();
    for (const [loop, group] of this.#groups) groups.set(loop, group());
    const sizes = new Map<string, number>();
    for (const table of this.#scanned) sizes.set(table, countRows(table));
    const { target } = this.#shape;
    const before = target === null ? 0 : countRows(target);
    return (result) => {
      const inserted = target === null ? result.changes : countRows(target) - before;
      const facts = { ...result, values, visits, groups, sizes, inserted };
      return new Walk(this.#program, this.#shape, facts).rows();
    };
  }
}

/** Neither loops nor triggers, and nothing that depends on how much is there. */
function isStraight({ ops, loops, children }: Program): boolean {
  if (loops.size > 0 || children.length > 0) return false;
  return !ops.some(({ opcode }) => opcode === "Clear" || opcode === "Count" || opcode === "Yield");
}

function watchedValues(program: Program): readonly number[] {
  const params = program.ops.flatMap((op) => {
    const register = op.opcode === "SeekRowid" || op.opcode === "NotExists" ? op.p3 : op.p1;
    if (!/^(SeekRowid|NotExists|IsNull|IfNot)$/.test(op.opcode)) return [];
    const key = keyIn(program, register, op.addr);
    return key !== null && "param" in key ? [key.param] : [];
  });
  return [...new Set(params)];
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
