// The differences from workerd that the project knows of are the marked ones, and the page that lists them is up to date.

import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { readRecordings } from "./counting.ts";
import { listDifferences, page, putInto, renderDifferences, renderPage } from "./differences.ts";

test("ARCHITECTURE.md lists every known difference", () => {
  if (readFileSync(page, "utf8") === renderPage()) return;
  throw new Error("it is out of date: run bun tests/conformance/differences.ts --write");
});

test("every difference has one of the three classes and a reason, one from production its documentation", () => {
  const wrong = listDifferences(readRecordings()).filter(
    ({ class: kind, reason, link }) =>
      !["engine", "production", "unobservable"].includes(kind) ||
      reason === "" ||
      (kind === "production" && link === undefined),
  );
  expect(wrong).toEqual([]);
});

test("steps of one script and one reason are one row", () => {
  const differs = { class: "engine", reason: "why" } as const;
  const step = { shape: "", counts: true, outcome: "returned", value: null } as const;
  const transcript = [
    { ...step, label: "A.one", differs },
    { ...step, label: "A.two" },
    { ...step, label: "A.three", differs },
    { ...step, label: "A.one", differs },
  ];
  const rows = listDifferences([{ id: "a-b", transcript }]);
  expect(renderDifferences(rows, {})).toContain(
    "| engine | a-b    | A.one (2), A.three | why    |",
  );
});

test("a page without the marks is refused", () => {
  expect(() => putInto("# The house", "")).toThrow("ARCHITECTURE.md has no line");
});
