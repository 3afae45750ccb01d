// A statement's bytecode, as EXPLAIN shows it, with its cursors and loops found: from it follows which operations count
// as rows read and written. workerd counts in these operations: https://www.sqlite.org/opcode.html

import type { DatabaseSync } from "node:sqlite";

/** One instruction. */
export interface Op {
  readonly addr: number;
  readonly opcode: string;
  readonly p1: number;
  readonly p2: number;
  readonly p3: number;
  readonly p4: string | number | null;
  readonly p5: number;
}

/** What a cursor walks over. */
export interface Cursor {
  readonly kind: "table" | "index" | "ephemeral" | "virtual";
  /** The table, also for an index. */
  readonly table: string;
  /** The index; null for a table, also one WITHOUT ROWID, whose rows are in an index of their own. */
  readonly index: string | null;
}

/** Instructions that run once for each row of a cursor. */
export interface Loop {
  /** The instruction that goes to the first row; the loop is skipped when there is none. */
  readonly opener: Op;
  /** The first and the last instruction of the body; the last one goes on to the next row. */
  readonly from: number;
  readonly to: number;
  /** An instruction of the body goes on to the next row before its end. */
  readonly filters: boolean;
  /** The body ends with a jump out of the loop: only the first row is visited. */
  readonly leavesAtOnce: boolean;
}

/** A program or subprogram (a trigger, a cascade). */
export interface Program {
  readonly ops: readonly Op[];
  /** What runs first: constants are loaded behind the body, where `Init` jumps to. */
  readonly setup: readonly Op[];
  readonly cursors: ReadonlyMap<number, Cursor>;
  /** By the address of the opener. */
  readonly loops: ReadonlyMap<number, Loop>;
  /** Subprograms, in the order in which `Program` instructions name them. */
  readonly children: readonly Program[];
}

const OPENERS = new Set([
  ...["Rewind", "Last", "Sort", "SorterSort", "SeekGE", "SeekGT", "SeekLE", "SeekLT", "VFilter"],
]);
/** Openers that a Goto at the end of the body goes back to. */
const BACK_TO = new Set(["Yield", "RowSetRead"]);
const CLOSERS = new Set(["Next", "Prev", "SorterNext", "VNext"]);

/** Jumps that leave a row out when they go to the end of a loop's body. */
export const FILTERS: ReadonlySet<string> = new Set([
  ...["Eq", "Ne", "Lt", "Le", "Gt", "Ge", "If", "IfNot", "IsNull", "NotNull", "IsTrue", "IsType"],
  ...["Found", "NotFound", "NotExists", "SeekRowid", "NoConflict"],
]);

/** Reads the program of a statement; the caller sees to it that the rules for users' SQL are off. */
export function readProgram(database: DatabaseSync, sql: string): Program {
  const listing = database.prepare(`EXPLAIN ${sql}`).all() as unknown as Op[];
  const roots = readRoots(database);
  const parts: Op[][] = [];
  for (const op of listing) {
    // Each subprogram counts its addresses from 0 again.
    if (op.addr === 0) parts.push([]);
    parts.at(-1)?.push(op);
  }
  const [main = [], ...rest] = parts;
  const children = rest.map((ops) => createProgram(ops, roots, []));
  return createProgram(main, roots, children);
}

function createProgram(
  ops: readonly Op[],
  roots: ReadonlyMap<number, Cursor>,
  children: readonly Program[],
): Program {
  return {
    ops,
    setup: setupOf(ops),
    cursors: cursorsOf(ops, roots),
    loops: loopsOf(ops),
    children,
  };
}

function setupOf(ops: readonly Op[]): readonly Op[] {
  const start = ops[0]?.opcode === "Init" ? ops[0].p2 : ops.length;
  return start === 0 ? [] : ops.slice(start);
}

function cursorsOf(ops: readonly Op[], roots: ReadonlyMap<number, Cursor>): Map<number, Cursor> {
  const cursors = new Map<number, Cursor>();
  const ephemeral: Cursor = { kind: "ephemeral", table: "", index: null };
  for (const { opcode, p1, p2 } of ops) {
    switch (opcode) {
      case "OpenRead":
      case "OpenWrite":
      case "ReopenIdx":
        cursors.set(p1, roots.get(p2) ?? ephemeral);
        break;
      case "OpenEphemeral":
      case "OpenAutoindex":
      case "OpenPseudo":
      case "SorterOpen":
        cursors.set(p1, ephemeral);
        break;
      case "OpenDup":
        cursors.set(p1, cursors.get(p2) ?? ephemeral);
        break;
      case "VOpen":
        cursors.set(p1, { kind: "virtual", table: "", index: null });
        break;
    }
  }
  return cursors;
}

function loopsOf(ops: readonly Op[]): Map<number, Loop> {
  const loops = new Map<number, Loop>();
  for (const op of ops) {
    if (CLOSERS.has(op.opcode) && op.p2 <= op.addr) {
      const opener = openerOf(ops, op);
      if (opener !== undefined) loops.set(opener.addr, createLoop(ops, opener, op.p2, op.addr));
    } else if (op.opcode === "Goto" && op.p2 < op.addr) {
      // The rows of a coroutine (a list of VALUES, or a query that is inserted), or of a set of rowids.
      const opener = ops[op.p2];
      if (opener !== undefined && BACK_TO.has(opener.opcode)) {
        loops.set(op.p2, createLoop(ops, opener, op.p2 + 1, op.addr));
      }
    }
  }
  return loops;
}

function createLoop(ops: readonly Op[], opener: Op, from: number, to: number): Loop {
  const last = ops[to - 1];
  return {
    opener,
    from,
    to,
    filters: ops.slice(from, to).some(({ opcode, p2 }) => p2 === to && FILTERS.has(opcode)),
    leavesAtOnce: last?.opcode === "Goto" && last.p2 > to,
  };
}

/** The nearest instruction before a loop's body that positions the loop's cursor. */
function openerOf(ops: readonly Op[], closer: Op): Op | undefined {
  for (let i = closer.p2 - 1; i >= 0; i--) {
    const op = ops[i];
    if (op !== undefined && op.p1 === closer.p1 && OPENERS.has(op.opcode)) return op;
  }
  return undefined;
}

function readRoots(database: DatabaseSync): Map<number, Cursor> {
  const schema = database
    .prepare("SELECT rootpage, type, name, tbl_name FROM sqlite_schema WHERE rootpage > 0")
    .all() as unknown as { rootpage: number; type: string; name: string; tbl_name: string }[];
  const roots = new Map<number, Cursor>();
  roots.set(1, { kind: "table", table: "sqlite_schema", index: null });
  for (const { rootpage, type, name, tbl_name: table } of schema) {
    const kind = type === "index" ? "index" : "table";
    roots.set(rootpage, { kind, table, index: kind === "index" ? name : null });
  }
  return roots;
}
