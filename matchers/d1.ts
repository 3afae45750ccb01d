// Matchers for D1 databases.

import type { World } from "../runtime/world.ts";
import { type Matcher, matcher, stateForMatcher, type Tools } from "./define.ts";
import { similarity } from "./near.ts";

type Row = Record<string, unknown>;

/** How many rows a failure message shows. */
const ROWS_SHOWN = 5;

/**
 * `expect(env.DB).toHaveRow("users", { email: "ada@example.com", id: expect.any(Number) })`: a row of the table has these
 * values; other columns do not matter. Without values: the table has a row.
 */
export function toHaveRow(world: () => World): Matcher {
  return matcher("toHaveRow", (tools, received, [table, expected]) => {
    const where = readWhere("toHaveRow", expected);
    const rows = rowsOf("toHaveRow", world(), received, table);
    const matching = rows.filter((row) => matches(tools, row, where));
    const named = `row in ${String(table)}${clause(tools, where)}`;
    return {
      pass: matching.length > 0,
      failure: () => `Expected a ${named}; there is none.\n${nearest(tools, rows, where)}`,
      negated: () => `Expected no ${named}; there is:\n${shown(tools, matching)}`,
    };
  });
}

/**
 * `expect(env.DB).toHaveRowCount("users", 2)`, `expect(env.DB).toHaveRowCount("users", 1, { role: "admin" })`: so many rows
 * of the table, or so many of those with these values.
 */
export function toHaveRowCount(world: () => World): Matcher {
  return matcher("toHaveRowCount", (tools, received, [table, expected, condition]) => {
    const isCount =
      typeof expected === "number" || (typeof expected === "object" && expected !== null);
    if (!isCount) throw new TypeError("toHaveRowCount() takes a table and a number of rows.");
    const where = readWhere("toHaveRowCount", condition);
    const rows = rowsOf("toHaveRowCount", world(), received, table);
    const matching = rows.filter((row) => matches(tools, row, where));
    const head = `rows in ${String(table)}${clause(tools, where)}`;
    return {
      pass: tools.equals(matching.length, expected),
      failure() {
        const counts = `Expected ${head}: ${tools.printExpected(expected)}\nReceived: ${tools.printReceived(matching.length)}`;
        const detail = matching.length > 0 ? shown(tools, matching) : nearest(tools, rows, where);
        return `${counts}\n${detail}`;
      },
      negated: () => `Expected ${head}: not ${tools.printExpected(expected)}`,
    };
  });
}

function rowsOf(name: string, world: World, received: unknown, table: unknown): Row[] {
  if (typeof table !== "string") throw new TypeError(`${name}() takes the name of a table.`);
  const state = stateForMatcher(world, name, "d1", received, { table });
  return (state as unknown as Record<string, Row[]>)[table] ?? [];
}

function readWhere(name: string, given: unknown): Row {
  if (given === undefined) return {};
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return given as Row;
  throw new TypeError(`${name}() takes the values of columns as an object.`);
}

function matches({ equals }: Tools, row: Row, where: Row): boolean {
  return Object.entries(where).every(
    ([column, value]) => column in row && equals(row[column], value),
  );
}

/** ` where email = "ada@example.com" and role = "admin"`. */
function clause({ printExpected }: Tools, where: Row): string {
  const conditions = Object.entries(where).map(
    ([column, value]) => `${column} = ${printExpected(value)}`,
  );
  return conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`;
}

function shown({ printReceived }: Tools, rows: readonly Row[]): string {
  const lines = rows.slice(0, ROWS_SHOWN).map((row) => `  ${printReceived(row)}`);
  const more = rows.length > lines.length ? [`  … and ${rows.length - lines.length} more`] : [];
  return [...lines, ...more].join("\n");
}

/** The rows that are most like what was expected, with what differs. */
function nearest(tools: Tools, rows: readonly Row[], where: Row): string {
  const [first] = rows;
  if (first === undefined) return "The table is empty.";
  const columns = Object.keys(first);
  const wanted = Object.entries(where);
  const unknown = wanted.map(([column]) => column).filter((column) => !columns.includes(column));
  const score = (row: Row): number =>
    wanted.reduce((sum, [column, value]) => {
      if (tools.equals(row[column], value)) return sum + 1;
      return sum + similarity(row[column], value) / 2;
    }, 0);
  const best = rows
    .map((row) => ({ row, score: score(row) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, ROWS_SHOWN);
  const lines = best.map(({ row }) => {
    const other = wanted
      .map(([column]) => column)
      .filter((column) => {
        return columns.includes(column) && !tools.equals(row[column], where[column]);
      });
    return `  ${tools.printReceived(row)}${other.length === 0 ? "" : ` (other: ${other.join(", ")})`}`;
  });
  if (rows.length > best.length) lines.push(`  … and ${rows.length - best.length} more`);
  if (unknown.length > 0)
    lines.push(`There is no column ${unknown.join(", ")}; there are ${columns.join(", ")}.`);
  return `Nearest of ${rows.length}:\n${lines.join("\n")}`;
}
