// Matchers for D1 databases.

import type { World } from "../runtime/world.ts";
import { type Matcher, matcher, stateForMatcher } from "./define.ts";

type Row = Record<string, unknown>;

/** How many rows a failure message shows. */
const ROWS_SHOWN = 5;

/**
 * `expect(env.DB).toHaveRow("users", { email: "ada@example.com", id: expect.any(Number) })`: a row of the table has these
 * values; other columns do not matter. Without values: the table has a row.
 */
export function toHaveRow(world: () => World): Matcher {
  return matcher("toHaveRow", ({ equals, printExpected, printReceived }, received, [table, expected]) => {
    if (typeof table !== "string") throw new TypeError("toHaveRow() takes the name of a table.");
    const wanted = (expected ?? {}) as Row;
    const state = stateForMatcher(world(), "toHaveRow", "d1", received, { table });
    const rows = (state as unknown as Record<string, Row[]>)[table] ?? [];
    const matching = rows.filter((row) => matches(equals, row, wanted));
    return {
      pass: matching.length > 0,
      failure: () =>
        `Expected a row in ${table}: ${printExpected(wanted)}\n${nearest(rows, wanted, equals, printReceived)}`,
      negated: () =>
        `Expected no row in ${table}: ${printExpected(wanted)}\nReceived: ${printReceived(matching[0])}`,
    };
  });
}

function matches(equals: (a: unknown, b: unknown) => boolean, row: Row, wanted: Row): boolean {
  return Object.entries(wanted).every(([column, value]) => column in row && equals(row[column], value));
}

function nearest(
  rows: Row[],
  wanted: Row,
  equals: (a: unknown, b: unknown) => boolean,
  print: (value: unknown) => string,
): string {
  if (rows.length === 0) return "The table is empty.";
  const columns = Object.keys(rows[0] ?? {});
  const unknown = Object.keys(wanted).filter((column) => !columns.includes(column));
  const note = unknown.length === 0 ? "" : `\nThere is no column ${unknown.join(", ")}; there are ${columns.join(", ")}.`;
  const score = (row: Row): number =>
    Object.entries(wanted).filter(([column, value]) => equals(row[column], value)).length;
  const best = rows.toSorted((a, b) => score(b) - score(a)).slice(0, ROWS_SHOWN);
  const more = rows.length > best.length ? `\n… and ${rows.length - best.length} more` : "";
  return `Nearest of ${rows.length}:\n${best.map((row) => `  ${print(row)}`).join("\n")}${more}${note}`;
}
