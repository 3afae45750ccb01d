// What is in a register of a program when an instruction runs, where that is a constant or a bound value.

import type { SqlValue } from "../values.ts";
import type { Op, Program } from "./program.ts";

/** A bound value, by its number from 1, or a constant. */
export type Key = { readonly param: number } | { readonly value: SqlValue };

/** What is no integer is no rowid: nothing is looked for. */
export function isRowId(value: SqlValue | undefined): boolean {
  if (typeof value === "number") return Number.isInteger(value);
  return typeof value === "string" && /^\s*[-+]?\d+\s*$/.test(value);
}

/** What a register holds when the instruction at `before` runs. */
export function keyIn(program: Program, register: number, before: number): Key | null {
  for (const op of writersBefore(program, before)) {
    const { opcode, p1, p2, p3, p4 } = op;
    switch (opcode) {
      case "Variable":
        if (p2 === register) return { param: p1 };
        break;
      case "Integer":
        if (p2 === register) return { value: p1 };
        break;
      case "Int64":
      case "Real":
        if (p2 === register) return { value: Number(p4) };
        break;
      case "String8":
      case "String":
        if (p2 === register) return { value: String(p4) };
        break;
      case "Null":
        if (register >= p2 && register <= Math.max(p2, p3)) return { value: null };
        break;
      case "SCopy":
      case "Copy": {
        const copied = opcode === "Copy" ? p3 : 0;
        if (register >= p2 && register <= p2 + copied)
          return keyIn(program, p1 + register - p2, op.addr);
        break;
      }
      case "Rowid":
        // The rowid of a row that was looked up by it.
        if (p2 === register) return keyOfLookUp(program, op);
        break;
      default:
        if (writes(op, register)) return null;
    }
  }
  return null;
}

function keyOfLookUp(program: Program, { p1, addr }: Op): Key | null {
  for (const op of writersBefore(program, addr)) {
    if (op.p1 !== p1 || !CURSOR_MOVES.has(op.opcode)) continue;
    const isLookUp = op.opcode === "SeekRowid" || op.opcode === "NotExists";
    return isLookUp ? keyIn(program, op.p3, op.addr) : null;
  }
  return null;
}

const CURSOR_MOVES = new Set([
  ...["SeekRowid", "NotExists", "Rewind", "Last", "Next", "Prev", "DeferredSeek", "Found"],
  ...["SeekGE", "SeekGT", "SeekLE", "SeekLT", "OpenRead", "OpenWrite"],
]);

/** The instructions that ran before one, the latest first: those before it, then the setup. */
function* writersBefore(program: Program, before: number): Generator<Op> {
  const isSetup = program.setup[0] !== undefined && before >= program.setup[0].addr;
  if (!isSetup) {
    for (let i = before - 1; i > 0; i--) {
      const op = program.ops[i];
      if (op !== undefined) yield op;
    }
  }
  yield* program.setup.toReversed();
}

/** Whether another instruction puts something into a register. */
function writes({ opcode, p2, p3 }: Op, register: number): boolean {
  switch (opcode) {
    case "IdxRowid":
    case "Param":
    case "NewRowid":
    case "Sequence":
    case "Cast":
    case "Not":
    case "BitNot":
    case "Blob":
      return p2 === register;
    case "Column":
    case "VColumn":
    case "Function":
    case "PureFunc":
    case "Add":
    case "Subtract":
    case "Multiply":
    case "Divide":
    case "Remainder":
    case "Concat":
    case "MakeRecord":
      return p3 === register;
    default:
      return false;
  }
}
