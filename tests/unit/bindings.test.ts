import { expect, test } from "bun:test";
import { createBindings } from "../../runtime/bindings/index.ts";

const entries = createBindings({ migrations: "automatic" });

test("every configuration key has one owner", () => {
  const keys = entries.flatMap((entry) => entry.keys);
  expect(keys).toEqual([...new Set(keys)]);
});

test("the list names the keys of its bindings", () => {
  for (const entry of entries) expect(entry.keys).toEqual(entry.load().keys);
});

test("every kind occurs once", () => {
  const kinds = entries.map((entry) => entry.load().kind);
  expect(kinds).toEqual([...new Set(kinds)]);
});
