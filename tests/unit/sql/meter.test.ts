import { expect, test } from "bun:test";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { SqlEngine } from "../../../runtime/sql/engine.ts";

const rules = { blob: (bytes: Uint8Array) => bytes, infinity: (value: number) => value };

function openEngine(): SqlEngine {
  const database = new DatabaseSync(":memory:");
  return new SqlEngine(() => database, rules);
}

function read(engine: SqlEngine, sql: string, ...values: (number | string | null)[]): number {
  return engine.run(sql, values, { form: "objects", meters: true }).rowsRead;
}

test("rows read by an index range are its rows, and the one that ends the search", () => {
  const bound = fc.integer({ min: -1, max: 8 });
  const rows = fc.array(fc.option(fc.integer({ min: 0, max: 6 })), { maxLength: 12 });
  fc.assert(
    fc.property(rows, bound, bound, (values, low, high) => {
      const engine = openEngine();
      read(engine, "create table t (id integer primary key, n integer)");
      read(engine, "create index i on t (n)");
      for (const value of values) read(engine, "insert into t (n) values (?)", value);
      const numbers = values.filter((value) => value !== null);
      const expected = (inside: (n: number) => boolean, ends: (n: number) => boolean): number => {
        const count = numbers.filter(inside).length;
        return count + (count > 0 && numbers.some(ends) ? 1 : 0);
      };
      expect(read(engine, "select * from t where n = ?", low)).toBe(
        expected(
          (n) => n === low,
          (n) => n > low,
        ),
      );
      expect(read(engine, "select * from t where n >= ?", low)).toBe(
        expected(
          (n) => n >= low,
          () => false,
        ),
      );
      expect(read(engine, "select * from t")).toBe(Math.max(values.length, 1));
      expect(read(engine, "select count(*) from t where n between ? and ?", low, high)).toBe(
        expected(
          (n) => n >= low && n <= high,
          (n) => n > high && low <= high,
        ),
      );
    }),
    { numRuns: 60 },
  );
});

test("a look-up by rowid reads one row, unless the key can be no rowid", () => {
  const engine = openEngine();
  read(engine, "create table t (id integer primary key, v)");
  const sql = "select * from t where id = ?";
  expect([1, "1", 1.5, "x", null].map((key) => read(engine, sql, key))).toEqual([1, 1, 0, 0, 0]);
});

test("what a statement reads is counted as the data is then", () => {
  const engine = openEngine();
  read(engine, "create table t (a)");
  for (let i = 1; i <= 3; i++) {
    read(engine, "insert into t values (1)");
    expect(read(engine, "select * from t where a = 2")).toBe(i);
  }
  read(engine, "delete from t");
  expect(read(engine, "select * from t where a = 2")).toBe(1);
});
