// Matchers for Analytics Engine.

import type { World } from "../runtime/world.ts";
import { type Matcher, matcher, stateForMatcher, type Tools } from "./define.ts";
import { similarity } from "./near.ts";

type Point = Readonly<Record<string, readonly unknown[]>>;

const FIELDS = ["indexes", "blobs", "doubles"];
/** How many data points a failure message shows. */
const POINTS_SHOWN = 5;

/**
 * `expect(env.VISITS).toHaveWrittenDataPoint({ blobs: ["/home", expect.any(String)] })`: a data point with these fields was
 * written; fields that are not named do not matter. Without fields: any was.
 */
export function toHaveWrittenDataPoint(world: () => World): Matcher {
  return matcher("toHaveWrittenDataPoint", (tools, received, [given]) => {
    const expected = readExpected(given);
    const state = stateForMatcher(
      world(),
      "toHaveWrittenDataPoint",
      "analytics-engine",
      received,
      undefined,
    );
    const points = state as unknown as readonly Point[];
    const matching = points.filter((point) => matches(tools, point, expected));
    const wanted = Object.keys(expected).length === 0 ? "" : `: ${tools.printExpected(expected)}`;
    return {
      pass: matching.length > 0,
      failure: () => `Expected a data point${wanted}\n${nearest(tools, points, expected)}`,
      negated: () =>
        `Expected no data point${wanted}\nReceived: ${tools.printReceived(matching[0])}`,
    };
  });
}

function readExpected(given: unknown): Record<string, unknown> {
  if (given === undefined) return {};
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  const unknown = isObject ? Object.keys(given).filter((field) => !FIELDS.includes(field)) : [];
  if (isObject && unknown.length === 0) return given as Record<string, unknown>;
  throw new TypeError(
    "toHaveWrittenDataPoint() takes an object with indexes, blobs and doubles, or some of them.",
  );
}

function matches(
  { equals }: Tools,
  point: Point,
  expected: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(expected).every(([field, values]) => equals(point[field], values));
}

function nearest(
  tools: Tools,
  points: readonly Point[],
  expected: Readonly<Record<string, unknown>>,
): string {
  if (points.length === 0) return "None was written.";
  const score = (point: Point): number =>
    Object.entries(expected).reduce((sum, [field, values]) => {
      if (tools.equals(point[field], values)) return sum + 1;
      const parts = (point[field] ?? []).map((value, i) => {
        return similarity(value, Array.isArray(values) ? (values as unknown[])[i] : undefined);
      });
      return sum + parts.reduce((all, part) => all + part, 0) / (2 * Math.max(parts.length, 1));
    }, 0);
  const best = points.toSorted((a, b) => score(b) - score(a)).slice(0, POINTS_SHOWN);
  const lines = best.map((point) => `  ${tools.printReceived(point)}`);
  if (points.length > best.length) lines.push(`  … and ${points.length - best.length} more`);
  return `Nearest of ${points.length}:\n${lines.join("\n")}`;
}
