import { expect, test } from "bun:test";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { parametersOf } from "../../../runtime/sql/tokens.ts";

test("parameters are numbered as SQLite numbers them", () => {
  expect(parametersOf("select 1")).toEqual({ count: 0, names: null });
  expect(parametersOf("select ?, ?5, ?")).toEqual({ count: 6, names: null });
  expect(parametersOf("select :a, ?, :a, $b::c(d)")).toEqual({
    count: 3,
    names: [":a", null, "$b::c(d)"],
  });
});

test("strings, quoted names and comments hide parameters", () => {
  const sql = "select '?', \"?\", `?`, [?], 'it''s ?' -- ?\n, /* ? */ ?";
  expect(parametersOf(sql).count).toBe(1);
  expect(parametersOf("select /* open ?").count).toBe(0);
});

test("as many parameters are found as SQLite binds", () => {
  const database = new DatabaseSync(":memory:");
  const parts = ["?", "?3", ":a", "@b", "$c", "'?'", '"x"', "/* ? */ 1", "x'00'", "1.5e3", "[?]"];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 8 }), (list) => {
      const sql = `select ${list.map((part, i) => `${part} as c${i}`).join(", ")} from (select 1 as x, 2 as "?")`;
      const { count, names } = parametersOf(sql);
      const named = Object.fromEntries(
        (names ?? []).filter((name) => name !== null).map((name) => [name, 1]),
      );
      const positional = Array(count - Object.keys(named).length).fill(1) as number[];
      const args = names === null ? positional : ([named, ...positional] as never[]);
      database.prepare(sql).all(...args);
      // One value more is one too many.
      expect(() => database.prepare(sql).all(...args, 1)).toThrow("out of range");
    }),
  );
});
