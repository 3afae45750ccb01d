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

test("a statement gives as many rows when it is known to end with its first", () => {
  const engine = openEngine();
  read(engine, "create table t (id integer primary key, a text unique, b integer unique, c)");
  read(engine, "insert into t values (1, 'a', 10, 1), (2, 'b', 20, 2), (3, 'c', 30, 3)");
  const rows = (sql: string, values: (number | string)[]): number =>
    engine.run(sql, values, { form: "objects", meters: true }).rows.length;
  const statements: [expected: number, sql: string, ...values: (number | string)[]][] = [
    [1, "select * from t where id = ?", 2],
    [0, "select * from t where id = ?", 9],
    [1, "select * from t where a = ? limit 1", "b"],
    [0, "select * from t where id = ? limit ?", 1, 0],
    [1, "select * from t where id = 1 limit -1"],
    [1, "select count(*), max(c) from t"],
    [1, "select x.c, y.c from t x left join t y on y.id = x.c + 9 where x.id = 1"],
    // One instruction gives both rows, as a subroutine.
    [2, "select * from t where id = ? or a = ?", 1, "b"],
    [2, "select * from t where a = 'a' or b = 20"],
    // Two instructions do.
    [2, "select 1 union all select 2"],
    [2, "select * from t where id = 1 union all select * from t where id = 2"],
    [2, "select 1 union select 2"],
    [2, "values (1), (2)"],
    [2, "select * from t where id in (1, 2)"],
    [2, "select * from t limit 2"],
    [3, "select value from json_each('[1, 2, 3]')"],
  ];
  for (const [expected, sql, ...values] of statements) {
    // Known from the second run on.
    const runs = [1, 2, 3].map(() => rows(sql, values));
    expect({ sql, runs }).toEqual({ sql, runs: [expected, expected, expected] });
  }
  const table = { form: "arrays", meters: true } as const;
  const first = [1, 2].map(
    () => engine.run("select a, 2 as a from t where id = ?", [1], table).rows,
  );
  expect(first).toEqual([[["a", 2]], [["a", 2]]]);
  // What is too large for a number is met only when the second way is taken already.
  read(engine, "update t set c = 9007199254740993 where id = 3");
  const c = (id: number): unknown =>
    engine.run("select c from t where id = ?", [id], { form: "objects", meters: true }).rows;
  expect([1, 2, 3, 1].map(c)).toEqual([1, 2, 9007199254740992, 1].map((value) => [{ c: value }]));
  // One that writes is run to its end, though it gives one row.
  const write = "insert into t (c) values (?) returning id";
  expect([7, 8, 9].map((value) => rows(write, [value]))).toEqual([1, 1, 1]);
  expect(rows("select * from t where c in (7, 8, 9)", [])).toBe(3);
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
