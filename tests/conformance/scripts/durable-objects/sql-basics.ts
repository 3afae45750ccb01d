// SQL in an object: cursors, bindings, errors.

import { script } from "../../script.ts";
import { configOf, stepsOf, subject } from "./support/inside.ts";

export class Subject extends subject({
  async cursors({ storage, call, chain, note }) {
    const { sql } = storage;
    await call.with({ raw: true }, "sql.exec", sql, [
      "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age)",
    ]);
    await chain(
      "sql insert",
      sql,
      [
        "exec",
        "INSERT INTO users (name, age) VALUES (?, ?), (?, ?) RETURNING id",
        "Ada",
        36,
        "Alan",
        41,
      ],
      ["toArray"],
    );
    sql.exec("INSERT INTO users (name, age) VALUES ('Grace', NULL)");
    await chain("toArray", sql, ["exec", "SELECT * FROM users ORDER BY id"], ["toArray"]);
    await chain("one", sql, ["exec", "SELECT name FROM users WHERE id = ?", 1], ["one"]);
    await chain("one of none", sql, ["exec", "SELECT name FROM users WHERE id = 99"], ["one"]);
    await chain("one of many", sql, ["exec", "SELECT name FROM users"], ["one"]);
    await chain("next", sql, ["exec", "SELECT id FROM users LIMIT 1"], ["next"]);
    await chain("raw", sql, ["exec", "SELECT id, name FROM users"], ["raw"], ["toArray"]);
    await chain(
      "columnNames",
      sql,
      ["exec", "SELECT id, name AS n, 1 FROM users"],
      ["columnNames"],
    );
    await chain("duplicate columns", sql, ["exec", "SELECT 1 AS a, 2 AS a"], ["toArray"]);
    await chain(
      "duplicate columns, raw",
      sql,
      ["exec", "SELECT 3 AS a, 4 AS a"],
      ["raw"],
      ["toArray"],
    );
    await chain("nothing", sql, ["exec", "SELECT 1 WHERE 0"], ["toArray"]);
    const cursor = sql.exec("SELECT id FROM users ORDER BY id");
    const seen: unknown[] = [];
    for (const row of cursor) {
      seen.push(row);
      if (seen.length === 2) break;
    }
    await note("iterated", seen);
    await note("the rest", cursor.toArray());
    await note("and again", cursor.toArray());
    await note("done", cursor.next());
    const raw = sql.exec("SELECT id FROM users ORDER BY id").raw();
    await note("raw next", raw.next());
    await note("raw rest", [...raw]);
    const counted = sql.exec("SELECT * FROM users");
    const counts: number[] = [counted.rowsRead];
    counted.next();
    counts.push(counted.rowsRead);
    counted.toArray();
    counts.push(counted.rowsRead, counted.rowsWritten);
    await note("rowsRead", counts);
    const written = sql.exec("INSERT INTO users (name) VALUES ('x'), ('y')");
    await note("rowsWritten", [written.rowsRead, written.rowsWritten]);
    const row = sql.exec("SELECT 1 AS a").one();
    await note("row prototype", Object.getPrototypeOf(row) === Object.prototype);
    await note("classes", [sql.constructor.name, cursor.constructor.name]);
    await note("databaseSize", [
      typeof sql.databaseSize,
      sql.databaseSize > 0,
      sql.databaseSize % 4096,
    ]);
    const members: string[] = [];
    for (const name in sql) members.push(name);
    await note("members", members.sort());
    const ofCursor: string[] = [];
    for (const name in cursor) ofCursor.push(name);
    await note("members of a cursor", ofCursor.sort());
  },

  async bindings({ storage, chain }) {
    const { sql } = storage;
    const bytes = new Uint8Array([1, 2, 3]);
    const values: unknown[] = [5, 1.5, "text", null, true, bytes, bytes.buffer, bytes.subarray(1)];
    for (const value of [
      ...values,
      undefined,
      Number.NaN,
      1n,
      {},
      ["a"],
      new Date(0),
      Symbol("s"),
    ]) {
      await chain("bind", sql, ["exec", "SELECT ? AS value, typeof(?1) AS type", value], ["one"]);
    }
    sql.exec("CREATE TABLE typed (i INTEGER, r REAL, t TEXT, b BLOB)");
    await chain(
      "affinity",
      sql,
      ["exec", "INSERT INTO typed VALUES (?, ?, ?, ?) RETURNING *", 5, 5, 5, 5],
      ["toArray"],
    );
    await chain("blob", sql, ["exec", "SELECT x'0102' AS b"], ["one"]);
    await chain("large", sql, ["exec", "SELECT 9007199254740993 AS n"], ["one"]);
    await chain("too few", sql, ["exec", "SELECT ?, ?", 1], ["toArray"]);
    await chain("too many", sql, ["exec", "SELECT ?", 1, 2], ["toArray"]);
    await chain("named", sql, ["exec", "SELECT :a AS a, @b AS b", 1, 2], ["one"]);
    await chain(
      "several, values for the last",
      sql,
      ["exec", "SELECT 1; SELECT ? AS a", 2],
      ["one"],
    );
    await chain("several, values for the first", sql, ["exec", "SELECT ?; SELECT 2", 2], ["one"]);
    await chain(
      "several",
      sql,
      ["exec", "CREATE TABLE s (a); INSERT INTO s VALUES (1); SELECT * FROM s"],
      ["toArray"],
    );
  },

  async errors({ storage, call, note }) {
    const { sql } = storage;
    sql.exec("CREATE TABLE u (a INTEGER PRIMARY KEY, b UNIQUE NOT NULL, CHECK (a < 100))");
    sql.exec("INSERT INTO u VALUES (1, 'x')");
    for (const text of [
      "SELEC 1",
      "SELECT * FROM missing",
      "SELECT missing FROM u",
      "INSERT INTO u VALUES (1, 'y')",
      "INSERT INTO u VALUES (2, 'x')",
      "INSERT INTO u VALUES (3, NULL)",
      "INSERT INTO u VALUES (101, 'z')",
      "",
      ";",
      "-- c",
      "SELECT 1; -- c",
      "BEGIN",
      "COMMIT",
      "SAVEPOINT a",
      "ATTACH 'x' AS y",
      "PRAGMA journal_mode",
      "VACUUM",
      "CREATE TEMP TABLE t (a)",
      "SELECT * FROM _cf_KV",
      "CREATE TABLE _cf_x (a)",
      "SELECT sqlite_version()",
      "SELECT load_extension('x')",
      "INSERT INTO u VALUES (4, 'ok'); SELEC 1",
    ]) {
      await call("sql.exec", sql, [text]);
    }
    await note("earlier statements stay", sql.exec("SELECT count(*) AS n FROM u").one());
    await call("sql.exec nothing", sql, []);
    await call("sql.exec a number", sql, [5]);
    await call("sql.exec detached", { exec: sql.exec }, ["SELECT 1"]);
    const pragma = sql.exec("PRAGMA foreign_keys").one();
    await note("foreign keys", pragma);
    const tables = sql
      .exec("PRAGMA table_list")
      .toArray()
      .map((row) => row["name"]);
    await note("tables", tables.sort());
  },

  async mixed({ storage, note }) {
    const { sql } = storage;
    await storage.put("kv", { a: 1 });
    sql.exec("CREATE TABLE t (a)");
    await storage
      .transaction(async (txn) => {
        sql.exec("INSERT INTO t VALUES (1)");
        await txn.put("kv", 2);
        throw new Error("no");
      })
      .catch(() => undefined);
    await note("rolled back together", [
      await storage.get("kv"),
      sql.exec("SELECT count(*) AS n FROM t").one(),
    ]);
    const cursor = sql.exec("SELECT value FROM json_each('[1,2,3]')");
    cursor.next();
    await new Promise((resolve) => setTimeout(resolve, 1));
    await note("a cursor survives awaits", cursor.toArray());
  },
}) {}

export class Legacy extends subject({
  async legacy({ storage, call, chain, note }) {
    await call("sql.exec in a legacy class", storage.sql, ["SELECT 1 AS legacy"]);
    await note("typeof sql", typeof storage.sql);
    await storage.put("a", { b: new Date(0) });
    await note("get", await storage.get("a"));
    await chain("kv of a legacy class", storage, ["kv"]);
    await call("storage.transactionSync of a legacy class", storage, [() => 6, 1]);
    const result = await storage.transaction(async (txn) => {
      await txn.put("a", 2);
      txn.rollback();
      return "result";
    });
    await note("transaction", [result, await storage.get("a")]);
    await storage.deleteAll();
    await note("deleteAll", [...(await storage.list())]);
    try {
      await note("databaseSize", storage.sql.databaseSize);
    } catch (error) {
      await note("databaseSize", error);
    }
  },
}) {}

export default script<{ OBJECTS: DurableObjectNamespace; LEGACY: DurableObjectNamespace }>({
  id: "durable-objects-sql-basics",
  compatibilityDate: "2026-11-01",
  config: {
    durable_objects: {
      bindings: [
        { name: "OBJECTS", class_name: "Subject" },
        { name: "LEGACY", class_name: "Legacy" },
      ],
    },
    migrations: [
      ...(configOf("Subject")["migrations"] as object[]),
      { tag: "v2", new_classes: ["Legacy"] },
    ],
  },
  async run({ env: { OBJECTS, LEGACY }, include }) {
    for (const part of ["cursors", "bindings", "errors", "mixed"]) {
      include(await stepsOf(OBJECTS.getByName(part), part));
    }
    include(await stepsOf(LEGACY.getByName("legacy"), "legacy"));
  },
});
