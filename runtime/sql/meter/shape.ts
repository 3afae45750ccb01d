// What the whole of a program says about its rows, beside what stands in its instructions one by one.

import type { Cursor, Program } from "./program.ts";

/** What the whole of a program says about its rows. */
export interface Shape {
  readonly kind: "select" | "insert" | "update" | "delete" | "other";
  /** Each row that passes the filters is a row of the result: nothing groups, and there is one place of output. */
  readonly isPlain: boolean;
  readonly hasLimit: boolean;
  readonly sorts: boolean;
  readonly hasSubroutines: boolean;
  /** Rows without a partner are in the result too. */
  readonly outerJoins: boolean;
  /** The table of an INSERT that can meet rows that are there: upsert, OR REPLACE, OR IGNORE. */
  readonly target: string | null;
}

/** See `Shape`. */
export function shapeOf({ ops, cursors }: Program, sql: string): Shape {
  const has = (pattern: RegExp): boolean => ops.some(({ opcode }) => pattern.test(opcode));
  const outputs = ops.filter(({ opcode }) => opcode === "ResultRow").length;
  const kind = kindOf(sql);
  const meets =
    kind === "insert" && /\bconflict\b|\bor\s+(replace|ignore)\b|\breplace\s+into\b/i.test(sql);
  const write = ops.find(
    ({ opcode, p1 }) => opcode === "OpenWrite" && cursors.get(p1)?.kind === "table",
  );
  return {
    kind,
    isPlain: outputs === 1 && !has(/^(AggStep|AggFinal|Gosub)$/),
    hasLimit: has(/^DecrJumpZero$/),
    sorts: has(/^(SorterSort|Sort)$/),
    hasSubroutines: has(/^Gosub$/),
    outerJoins: ops.some(({ opcode, p1 }) => opcode === "NullRow" && isStored(cursors.get(p1))),
    target: meets && write !== undefined ? (cursors.get(write.p1)?.table ?? null) : null,
  };
}

function kindOf(sql: string): Shape["kind"] {
  const [, word = ""] = /^(?:\s|;|--[^\n]*\n|\/\*[^]*?\*\/)*(\w+)/.exec(sql) ?? [];
  switch (word.toLowerCase()) {
    case "select":
    case "values":
      return "select";
    case "insert":
    case "replace":
      return "insert";
    case "update":
      return "update";
    case "delete":
      return "delete";
    case "with": {
      const write = /\)\s*(insert|replace|update|delete)\b/i.exec(sql)?.[1];
      return write === undefined ? "select" : kindOf(write);
    }
    default:
      return "other";
  }
}

function isStored(cursor: Cursor | undefined): boolean {
  return cursor?.kind === "table" || cursor?.kind === "index";
}
