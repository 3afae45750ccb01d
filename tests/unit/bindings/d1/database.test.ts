import { expect, test } from "bun:test";
import fc from "fast-check";
import { openD1 } from "./open-d1.ts";

test("what was prepared before a change of the schema sees the table as it is", async () => {
  using opened = openD1();
  const { DB } = opened;
  await DB.exec("CREATE TABLE t (a)");
  await DB.exec("INSERT INTO t VALUES (1)");
  const all = DB.prepare("SELECT * FROM t");
  expect((await all.all()).results).toEqual([{ a: 1 }]);
  await DB.exec("ALTER TABLE t ADD COLUMN b DEFAULT 2");
  expect((await all.all()).results).toEqual([{ a: 1, b: 2 }]);
  await DB.exec("DROP TABLE t");
  await expect(all.all()).rejects.toThrow("D1_ERROR: no such table: t: SQLITE_ERROR");
});

test("more different statements than are kept prepared still work", async () => {
  using opened = openD1();
  for (let i = 0; i < 500; i++) {
    expect(await opened.DB.prepare(`SELECT ${i} AS n`).first("n")).toBe(i);
  }
});

test("rows are plain objects, whatever their columns are called", async () => {
  using opened = openD1();
  const row = await opened.DB.prepare(
    `SELECT 1 AS "a""b", 2 AS "__proto__", 3 AS "\u2028", 4 AS "", 5 AS "x\\y", 6 AS "\${z}"`,
  ).first();
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  expect(Object.entries(row as object)).toEqual([
    ['a"b', 1],
    ["__proto__", 2],
    ["\u2028", 3],
    ["", 4],
    ["x\\y", 5],
    ["${z}", 6],
  ]);
});

test("a number too large for JavaScript does not make a write run twice", async () => {
  using opened = openD1();
  const { DB } = opened;
  await DB.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, n)");
  const sql = "INSERT INTO t (n) VALUES (9007199254740993) RETURNING n";
  expect(await DB.prepare(sql).first("n")).toBe(9007199254740992);
  expect(await DB.prepare("SELECT count(*) AS c FROM t").first("c")).toBe(1);
});

test("a failed commit leaves nothing behind, and the database goes on working", async () => {
  using opened = openD1();
  const { DB } = opened;
  await DB.exec("CREATE TABLE p (id INTEGER PRIMARY KEY)");
  await DB.exec(
    "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED)",
  );
  const message = "FOREIGN KEY constraint failed";
  await expect(DB.prepare("INSERT INTO c VALUES (1, 9)").run()).rejects.toThrow(message);
  const batch = [DB.prepare("INSERT INTO p VALUES (1)"), DB.prepare("INSERT INTO c VALUES (1, 9)")];
  await expect(DB.batch(batch)).rejects.toThrow(message);
  expect(
    await DB.prepare("SELECT (SELECT count(*) FROM p) + (SELECT count(*) FROM c) AS n").first("n"),
  ).toBe(0);
  await DB.prepare("INSERT INTO p VALUES (2)").run();
});

test("OR ROLLBACK and RAISE(ROLLBACK) undo the whole batch", async () => {
  using opened = openD1();
  const { DB } = opened;
  await DB.exec("CREATE TABLE t (id INTEGER PRIMARY KEY)");
  await DB.exec(
    "CREATE TRIGGER r BEFORE INSERT ON t WHEN new.id = 9 BEGIN SELECT RAISE(ROLLBACK, 'no'); END",
  );
  const insert = (id: number) => DB.prepare("INSERT INTO t VALUES (?)").bind(id);
  await expect(DB.batch([insert(1), insert(9), insert(2)])).rejects.toThrow(
    "no: SQLITE_CONSTRAINT",
  );
  const rollback = DB.prepare("INSERT OR ROLLBACK INTO t VALUES (1), (1)");
  await expect(DB.batch([insert(1), rollback])).rejects.toThrow("UNIQUE constraint failed: t.id");
  expect(await DB.prepare("SELECT count(*) AS n FROM t").first("n")).toBe(0);
});

test("bookmarks go on after the resource was opened anew", async () => {
  using opened = openD1();
  const next = async (): Promise<string | null> => {
    const session = opened.DB.withSession();
    await session.prepare("SELECT 1").all();
    return session.getBookmark();
  };
  const first = await next();
  opened.reopen();
  const second = await next();
  expect([first, second].sort()).toEqual([first, second]);
  expect(second).not.toBe(first);
});

test("a statement that worker code kept works on after a reset", async () => {
  using opened = openD1({ files: { "migrations/1.sql": "CREATE TABLE t (a);" } });
  const kept = opened.DB.prepare("SELECT count(*) AS n FROM t");
  await opened.DB.exec("INSERT INTO t VALUES (1)");
  expect(await kept.first("n")).toBe(1);
  opened.store.reset();
  opened.reopen();
  expect(await kept.first("n")).toBe(0);
});

test("batches do what a map does, all of one or nothing", async () => {
  const put = fc.record({ key: fc.nat(5), value: fc.integer(), fails: fc.boolean() });
  const batches = fc.array(fc.array(put, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(batches, async (list) => {
      using opened = openD1();
      const { DB } = opened;
      await DB.exec("CREATE TABLE t (k INTEGER PRIMARY KEY, v INTEGER NOT NULL)");
      let model = new Map<number, number>();
      for (const puts of list) {
        const statements = puts.map(({ key, value, fails }) =>
          DB.prepare("INSERT OR REPLACE INTO t VALUES (?, ?)").bind(key, fails ? null : value),
        );
        const next = new Map(model);
        for (const { key, value } of puts) next.set(key, value);
        const failed = await DB.batch(statements).then(
          () => false,
          () => true,
        );
        expect(failed).toBe(puts.some(({ fails }) => fails));
        if (!failed) model = next;
        const rows = (await DB.prepare("SELECT k, v FROM t ORDER BY k").raw()) as [
          number,
          number,
        ][];
        expect(rows).toEqual([...model].sort(([a], [b]) => a - b));
      }
    }),
    { numRuns: 40 },
  );
});
