// One evaluation of a program: walks it from start to end, following the jumps that are certain, and multiplies what
// counts by the visits of the loops around it. The operations that count are those that workerd's patch counts.
// https://github.com/cloudflare/workerd/blob/main/patches/sqlite/0001-row-counts-plain.patch

import type { SqlValue } from "../values.ts";
import type { Result, Rows } from "./meter.ts";
import { FILTERS } from "./program.ts";
import type { Cursor, Loop, Op, Program } from "./program.ts";
import type { Shape } from "./shape.ts";
import { isRowId, keyIn } from "./keys.ts";
import type { Groups, Visits } from "./range.ts";

/** Everything that an evaluation goes by. */
export interface Facts extends Result {
  readonly values: readonly SqlValue[];
  /** Rows in the range of each loop whose keys are known. */
  readonly visits: ReadonlyMap<Loop, Visits>;
  /** Rows and keys of the index of each loop whose keys come from other rows. */
  readonly groups: ReadonlyMap<Loop, Groups>;
  /** Rows of each table that is scanned. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Rows by which the table of an INSERT grew. */
  readonly inserted: number;
}

const LOOK_UPS = new Set(["SeekRowid", "NotExists", "SeekGE", "SeekGT", "SeekLE", "SeekLT"]);

/** See the head of the file. */
export class Walk {
  readonly #program: Program;
  readonly #shape: Shape;
  readonly #facts: Facts;
  readonly #isChild: boolean;
  /** Rows put into each sorter, table of the statement's own, set of rowids or coroutine. */
  readonly #stored = new Map<number, number>();
  #read = 0;
  #written = 0;
  #nextChild = 0;
  #missed = false;

  constructor(program: Program, shape: Shape, facts: Facts, isChild = false) {
    this.#program = program;
    this.#shape = shape;
    this.#facts = facts;
    this.#isChild = isChild;
  }

  rows(): Rows {
    const { ops, setup } = this.#program;
    const end = setup[0]?.addr ?? ops.length;
    this.#walk(end, ops.length, 1, null);
    this.#walk(1, end, 1, null);
    return { read: Math.round(this.#read), written: Math.round(this.#written) };
  }

  /** Walks instructions of one loop's body, or outside of loops. */
  #walk(from: number, to: number, times: number, inside: Loop | null): void {
    let runs = times;
    for (let i = from; i < to;) {
      const op = this.#program.ops[i];
      if (op === undefined) return;
      const loop = this.#program.loops.get(i);
      if (loop !== undefined && loop !== inside) {
        this.#walk(loop.from, loop.to, this.#enter(loop, runs), loop);
        i = Math.max(i, loop.to) + 1;
        continue;
      }
      if (op.opcode === "Once") {
        this.#walk(i + 1, op.p2, Math.min(runs, 1), inside);
        i = op.p2;
        continue;
      }
      if (this.#isMeeting(op)) {
        this.#meet(op, { to, times: runs, inside });
        return;
      }
      if (op.opcode === "Halt" && inside === null && !this.#shape.hasSubroutines) return;
      const jump = this.#certainJump(op, runs);
      if (jump !== null && this.#isLookUp(op)) this.#missed = true;
      if (jump === null || !this.#isMiss(op)) this.#count(op, runs);
      if (
        inside !== null &&
        op.p2 === inside.to &&
        FILTERS.has(op.opcode) &&
        op.opcode !== "IsNull"
      ) {
        runs = this.#passing(runs);
      }
      i = jump ?? i + 1;
    }
  }

  /** Where a jump goes that is certainly taken; null for all others. */
  #certainJump(op: Op, runs: number): number | null {
    const { opcode, p1, p2, addr } = op;
    if (p2 <= addr) return null;
    switch (opcode) {
      case "Goto":
        return p2;
      case "FkIfZero":
        // Cascades start with violations that they are there to mend.
        return this.#isChild ? null : p2;
      case "IsNull":
        // An UPDATE goes on to here from a look-up that found nothing.
        return this.#missed || this.#constant(p1, addr) === null ? p2 : null;
      case "IfNot":
        return this.#constant(p1, addr) === 0 ? p2 : null;
      case "NoConflict":
      case "NotExists":
        return this.#isConflictCheck(op) ? p2 : this.#jumpOfMiss(op, runs);
      default:
        return this.#jumpOfMiss(op, runs);
    }
  }

  /** A look-up outside of loops that found nothing, as the result shows, is the end. */
  #jumpOfMiss(op: Op, runs: number): number | null {
    if (!this.#isLookUp(op) || runs !== 1 || this.#program.loops.has(op.addr) || this.#isChild)
      return null;
    const { kind, isPlain } = this.#shape;
    const { changes, resultRows } = this.#facts;
    const cameToNothing = kind === "select" ? isPlain && resultRows === 0 : changes === 0;
    return cameToNothing && kind !== "insert" && kind !== "other" ? op.p2 : null;
  }

  #isLookUp({ opcode }: Op): boolean {
    return LOOK_UPS.has(opcode);
  }

  /** A search in an index that finds nothing is no row read; one by rowid is. */
  #isMiss({ opcode }: Op): boolean {
    return opcode.startsWith("Seek") && opcode !== "SeekRowid";
  }

  /** Whether an INSERT asks here if its row is there already. */
  #isConflictCheck({ opcode, p1 }: Op): boolean {
    if (this.#shape.kind !== "insert" || this.#isChild) return opcode === "NoConflict";
    if (opcode === "NoConflict") return true;
    const open = this.#program.ops.find((op) => op.p1 === p1 && op.opcode.startsWith("Open"));
    return opcode === "NotExists" && open?.opcode === "OpenWrite";
  }

  #isMeeting(op: Op): boolean {
    return this.#shape.target !== null && this.#isConflictCheck(op) && op.p2 > op.addr;
  }

  /** Two ways on: rows that are new, and rows that are there already. */
  #meet(op: Op, { to, times, inside }: { to: number; times: number; inside: Loop | null }): void {
    const fresh = Math.min(times, Math.max(this.#facts.inserted, 0));
    this.#count(op, times);
    if (fresh > 0) this.#walk(op.p2, to, fresh, inside);
    if (times > fresh) this.#walk(op.addr + 1, to, times - fresh, inside);
  }

  /** Counts the way into a loop and from row to row; gives the number of rows visited. */
  #enter(loop: Loop, times: number): number {
    const { opener } = loop;
    const cursor = this.#program.cursors.get(opener.p1);
    switch (opener.opcode) {
      case "Yield":
      case "RowSetRead":
        return this.#stored.get(opener.p1) ?? this.#facts.changes;
      case "VFilter":
        this.#read += this.#facts.resultRows;
        return this.#facts.resultRows;
      case "Sort":
      case "SorterSort": {
        // With a limit, rows that fall out of the sorter are read there.
        const rows = this.#stored.get(opener.p1) ?? this.#facts.resultRows;
        this.#read += Math.max(rows, 1) * Math.min(times, 1);
        return this.#shape.hasLimit ? Math.min(rows, this.#facts.resultRows) : rows;
      }
      case "Rewind":
      case "Last":
        return this.#scan(loop, cursor, times);
      default:
        return this.#seek(loop, times);
    }
  }

  #scan(loop: Loop, cursor: Cursor | undefined, times: number): number {
    const all = this.#rowsOf(loop.opener.p1, cursor);
    const visits = this.#limited(loop, all) * times;
    this.#read += Math.max(visits, this.#isLimitZero() ? 0 : times);
    return visits;
  }

  #seek(loop: Loop, times: number): number {
    const range = this.#facts.visits.get(loop);
    if (range !== undefined) {
      const visits = this.#limited(loop, range.rows);
      const stepsBeyond = range.beyond && visits > 0 && visits === range.rows;
      this.#read += (visits + (stepsBeyond ? 1 : 0)) * times;
      return visits * times;
    }
    const { rows, keys } = this.#facts.groups.get(loop) ?? { rows: 0, keys: 0 };
    if (keys === 0) return 0;
    // Every key once, as a join by foreign key does, or what the result shows.
    const met = Math.min(times, keys);
    const known = this.#showsEachVisit(loop);
    const visits = known ? Math.min(this.#facts.resultRows, rows) : (rows / keys) * met;
    const beyond = visits > 0 ? met - (met === keys ? 1 : 0) : 0;
    this.#read += visits + beyond;
    return visits;
  }

  /** Whether each row that a loop visits is a row of the result. */
  #showsEachVisit(loop: Loop): boolean {
    const { kind, isPlain, hasLimit, outerJoins } = this.#shape;
    if (kind !== "select" || !isPlain || hasLimit || outerJoins || loop.filters) return false;
    return ![...this.#program.loops.keys()].some((addr) => addr > loop.from && addr < loop.to);
  }

  /** How far a loop goes: to its end, or as far as a limit or a jump out of it lets it. */
  #limited(loop: Loop, all: number): number {
    if (loop.leavesAtOnce) return Math.min(all, 1);
    const { isPlain, hasLimit, sorts } = this.#shape;
    if (!isPlain || sorts || !hasLimit || loop.filters) return all;
    return Math.min(all, this.#facts.resultRows + this.#offset());
  }

  #offset(): number {
    const op = this.#program.ops.find(({ opcode }) => opcode === "OffsetLimit");
    return op === undefined ? 0 : Math.max(0, Number(this.#constant(op.p3, op.addr) ?? 0));
  }

  #isLimitZero(): boolean {
    if (!this.#shape.hasLimit || this.#facts.resultRows > 0) return false;
    const op = this.#program.ops.find(({ opcode }) => opcode === "DecrJumpZero");
    return op !== undefined && this.#constant(op.p1, op.addr) === 0;
  }

  /** What a register holds; undefined when that depends on rows. */
  #constant(register: number, before: number): SqlValue | undefined {
    const key = keyIn(this.#program, register, before);
    if (key === null) return undefined;
    return "param" in key ? (this.#facts.values[key.param - 1] ?? null) : key.value;
  }

  #rowsOf(id: number, cursor: Cursor | undefined): number {
    if (cursor === undefined || cursor.kind === "ephemeral" || cursor.kind === "virtual") {
      return this.#stored.get(id) ?? Math.max(this.#facts.resultRows, this.#facts.changes);
    }
    return this.#facts.sizes.get(cursor.table) ?? 0;
  }

  /** Rows left after a filter: those of the result or those changed where that is all of them, else what went in. */
  #passing(rows: number): number {
    const { kind, isPlain, hasLimit } = this.#shape;
    if (kind === "select")
      return isPlain && !hasLimit ? Math.min(rows, this.#facts.resultRows) : rows;
    // Changes of the schema look for one entry.
    return Math.min(rows, kind === "other" ? 1 : this.#facts.changes);
  }

  #count(op: Op, times: number): void {
    const { opcode, p1, p2, p3, p5 } = op;
    const cursor = this.#program.cursors.get(p1);
    const isOwn = cursor === undefined || cursor.kind === "ephemeral";
    switch (opcode) {
      case "SeekRowid":
        if (this.#canBeRowId(op)) this.#read += times;
        return;
      case "NotExists":
      case "SeekGE":
      case "SeekGT":
      case "SeekLE":
      case "SeekLT":
        this.#read += times;
        return;
      case "Rewind":
      case "Last":
        if (!isOwn) this.#read += times;
        return;
      case "Count":
        this.#read += this.#rowsOf(p1, cursor) * times;
        return;
      case "Yield":
      case "RowSetAdd":
      case "SorterInsert":
        this.#store(p1, times);
        return;
      case "Insert":
        // Flag 64: it only tells others of a row that an index holds.
        if (isOwn) this.#store(p1, times);
        else if ((p5 & 64) === 0) this.#written += times;
        return;
      case "IdxInsert":
        if (isOwn) this.#store(p1, times);
        else this.#written += times;
        return;
      case "Delete":
        if (!isOwn && (p2 & 1) === 1) this.#written += times;
        return;
      case "Clear":
        if (p3 !== 0) this.#written += this.#facts.changes;
        return;
      case "VUpdate":
        this.#written += times;
        return;
      case "Program":
        this.#enterChild(times);
        return;
    }
  }

  #canBeRowId({ p3, addr }: Op): boolean {
    const key = this.#constant(p3, addr);
    return key === undefined || isRowId(key);
  }

  #store(id: number, rows: number): void {
    this.#stored.set(id, (this.#stored.get(id) ?? 0) + rows);
  }

  #enterChild(times: number): void {
    const child = this.#program.children[this.#nextChild++];
    if (child === undefined) return;
    const { indirectChanges } = this.#facts;
    const facts = { ...this.#facts, changes: indirectChanges, resultRows: indirectChanges };
    const { read, written } = new Walk(child, { ...this.#shape, target: null }, facts, true).rows();
    this.#read += read * times;
    this.#written += written * times;
  }
}
