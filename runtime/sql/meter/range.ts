// How many rows of an index or table lie in the range that a loop walks: counted by a query of our own, once the keys
// of the range can be read off the program.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { SqlValue } from "../values.ts";
import { keyIn } from "./keys.ts";
import type { Key } from "./keys.ts";
import type { Cursor, Loop, Op, Program } from "./program.ts";

/** The rows that a loop visits, and whether it ends by stepping on a row beyond them. */
export interface Visits {
  readonly rows: number;
  readonly beyond: boolean;
}

/** Counts what a loop visits, with the values bound for this run. */
export type CountRange = (values: readonly SqlValue[]) => Visits;

/** The rows of an index, and how many different keys they have, in the columns that a loop looks up. */
export interface Groups {
  readonly rows: number;
  readonly keys: number;
}

/** Makes the counter for a loop whose key comes from other rows: how many rows a key has on average. */
export function groupsOf(
  database: DatabaseSync,
  program: Program,
  loop: Loop,
): (() => Groups) | null {
  const cursor = program.cursors.get(loop.opener.p1);
  if (cursor?.kind !== "index" && cursor?.kind !== "table") return null;
  const columns = columnsOf(database, cursor)?.slice(0, keyCount(loop.opener, cursor));
  if (columns === undefined || columns.length === 0 || columns[0] === "rowid") return null;
  const list = columns.join(", ");
  const known = columns.map((column) => `${column} IS NOT NULL`).join(" AND ");
  const statement = database.prepare(
    `SELECT coalesce(sum(n), 0) AS rows, count(*) AS keys FROM (SELECT count(*) AS n FROM ${quote(cursor.table)} WHERE ${known} GROUP BY ${list})`,
  );
  return () => statement.get() as unknown as Groups;
}

/** Makes the counter of a loop's range; null when a key of it is computed from other rows, or it is no simple range. */
export function rangeOf(database: DatabaseSync, program: Program, loop: Loop): CountRange | null {
  const cursor = program.cursors.get(loop.opener.p1);
  if (cursor === undefined || cursor.kind === "ephemeral" || cursor.kind === "virtual") return null;
  const columns = columnsOf(database, cursor);
  if (columns === null) return null;
  const start = keysAt(program, loop.opener, keyCount(loop.opener, cursor));
  const endOp = endOf(program, loop, cursor);
  const end = endOp === null ? [] : keysAt(program, endOp, keyCount(endOp, cursor));
  if (start === null || end === null || start.length > columns.length) return null;
  const parts = conditions(columns, { start, end }, loop.opener.opcode, endOp?.opcode ?? "");
  if (parts === null) return null;
  try {
    return counter(database, cursor, parts);
  } catch {
    // The index cannot answer it, for one because it is partial or has another collation.
    return null;
  }
}

interface Parts {
  readonly inside: string;
  readonly insideKeys: readonly Key[];
  readonly beyond: string | null;
  readonly beyondKeys: readonly Key[];
}

function counter(database: DatabaseSync, cursor: Cursor, parts: Parts): CountRange {
  const source = `${quote(cursor.table)}${cursor.index === null ? "" : ` INDEXED BY ${quote(cursor.index)}`}`;
  const rows = database.prepare(`SELECT count(*) AS n FROM ${source} WHERE ${parts.inside}`);
  const beyond =
    parts.beyond === null
      ? null
      : database.prepare(`SELECT EXISTS (SELECT 1 FROM ${source} WHERE ${parts.beyond}) AS n`);
  return (values) => ({
    rows: ask(rows, parts.insideKeys, values),
    beyond: beyond !== null && ask(beyond, parts.beyondKeys, values) > 0,
  });
}

function ask(statement: StatementSync, keys: readonly Key[], values: readonly SqlValue[]): number {
  const bound = keys.map((key) => ("param" in key ? (values[key.param - 1] ?? null) : key.value));
  return (statement.get(...bound) as unknown as { n: number }).n;
}

function conditions(
  columns: readonly string[],
  { start, end }: { start: readonly Key[]; end: readonly Key[] },
  opener: string,
  ender: string,
): Parts | null {
  const ascending = opener === "SeekGE" || opener === "SeekGT";
  let shared = 0;
  while (shared < start.length && shared < end.length && sameKey(start[shared], end[shared]))
    shared++;
  if (start.length > shared + 1 || end.length > shared + 1) return null;
  const equal = columns.slice(0, shared).map((column) => `${column} IS ?`);
  const equalKeys = start.slice(0, shared);
  const column = columns[shared] ?? "";
  const inside = [...equal];
  const insideKeys = [...equalKeys];
  const startKey = start[shared];
  if (startKey !== undefined) {
    if (isNull(startKey)) inside.push(`${column} IS NOT NULL`);
    else {
      inside.push(
        `${column} ${{ SeekGE: ">=", SeekGT: ">", SeekLE: "<=", SeekLT: "<" }[opener] ?? ">="} ?`,
      );
      insideKeys.push(startKey);
    }
  }
  const endKey = end[shared];
  const stop = ascending ? ">" : "<";
  if (endKey !== undefined) {
    // A loop that ends at NULLs ends before the values.
    if (isNull(endKey)) inside.push(`${column} IS NOT NULL`);
    else {
      const strict = ender === "IdxGE" || ender === "Ge" || ender === "IdxLE" || ender === "Le";
      inside.push(`${column} ${ascending ? "<" : ">"}${strict ? "" : "="} ?`);
      insideKeys.push(endKey);
    }
  }
  if (ender === "")
    return { inside: inside.join(" AND ") || "1", insideKeys, beyond: null, beyondKeys: [] };
  const beyond = beyondOf(columns, equalKeys, endKey, {
    stop,
    ascending,
    strict: /E$|e$/.test(ender),
  });
  return { inside: inside.join(" AND ") || "1", insideKeys, ...beyond };
}

/** Rows behind the end: greater in the first columns, or equal in them and behind the end in the next. */
function beyondOf(
  columns: readonly string[],
  equalKeys: readonly Key[],
  endKey: Key | undefined,
  { stop, ascending, strict }: { stop: string; ascending: boolean; strict: boolean },
): { beyond: string; beyondKeys: readonly Key[] } {
  const terms: string[] = [];
  const keys: Key[] = [];
  const behind = (column: string, key: Key, inclusive: boolean): string => {
    if (isNull(key)) return ascending ? `${column} IS NOT NULL` : "0";
    keys.push(key);
    const compare = `${column} ${stop}${inclusive ? "=" : ""} ?`;
    return ascending ? compare : `(${compare} OR ${column} IS NULL)`;
  };
  for (let depth = 0; depth < equalKeys.length; depth++) {
    const before = columns.slice(0, depth).map((column) => `${column} IS ?`);
    keys.push(...equalKeys.slice(0, depth));
    const key = equalKeys[depth] as Key;
    terms.push([...before, behind(columns[depth] ?? "", key, false)].join(" AND "));
  }
  if (endKey !== undefined) {
    const before = columns.slice(0, equalKeys.length).map((column) => `${column} IS ?`);
    keys.push(...equalKeys);
    terms.push([...before, behind(columns[equalKeys.length] ?? "", endKey, strict)].join(" AND "));
  }
  return { beyond: terms.map((term) => `(${term})`).join(" OR ") || "0", beyondKeys: keys };
}

/** The columns that the cursor is ordered by; null when an expression or a descending column is among them. */
function columnsOf(database: DatabaseSync, cursor: Cursor): readonly string[] | null {
  if (cursor.index === null && cursor.kind === "table") {
    const rows = database
      .prepare("SELECT name, pk FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk")
      .all(cursor.table) as unknown as { name: string }[];
    return isWithoutRowId(database, cursor.table) ? rows.map(({ name }) => quote(name)) : ["rowid"];
  }
  const rows = database
    .prepare("SELECT name, desc FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno")
    .all(cursor.index) as unknown as { name: string | null; desc: number }[];
  if (rows.some(({ name, desc }) => name === null || desc === 1)) return null;
  return rows.map(({ name }) => quote(name ?? ""));
}

function isWithoutRowId(database: DatabaseSync, table: string): boolean {
  const row = database
    .prepare("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?")
    .get(table) as unknown as { wr: number } | undefined;
  return row?.wr === 1;
}

function keyCount(op: Op, cursor: Cursor): number {
  return cursor.kind === "table" && typeof op.p4 !== "string" && !Number(op.p4)
    ? 1
    : Number(op.p4) || 1;
}

/** The instruction right at the start of a loop's body that ends it. */
function endOf(program: Program, loop: Loop, cursor: Cursor): Op | null {
  for (let i = loop.from; i < Math.min(loop.to, loop.from + 4); i++) {
    const op = program.ops[i];
    if (op === undefined) return null;
    if (/^Idx(GT|GE|LT|LE)$/.test(op.opcode) && op.p1 === loop.opener.p1) return op;
    const before = program.ops[i - 1];
    const compares = /^(Gt|Ge|Lt|Le)$/.test(op.opcode) && op.p2 > loop.to;
    if (
      compares &&
      before?.opcode === "Rowid" &&
      before.p1 === loop.opener.p1 &&
      cursor.kind === "table"
    ) {
      return { ...op, p3: op.p1, p4: 1 };
    }
  }
  return null;
}

/** The keys in `count` registers from an instruction's p3; null when one is not a constant or a parameter. */
function keysAt(program: Program, op: Op, count: number): readonly Key[] | null {
  const keys: Key[] = [];
  for (let i = 0; i < count; i++) {
    const key = keyIn(program, op.p3 + i, op.addr);
    if (key === null) return null;
    keys.push(key);
  }
  return keys;
}

function sameKey(a: Key | undefined, b: Key | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isNull(key: Key): boolean {
  return "value" in key && key.value === null;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
