import { afterAll, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProcessDirectory } from "../../../runtime/store/directory.ts";
import { createThrowawayStore } from "../../../runtime/store/throwaway.ts";

const base = mkdtempSync(join(tmpdir(), "bunflare-test-"));
const directory = createProcessDirectory(base);
const home = () => directory;
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("data", () => {
  test("leaves no file behind, not even while it is open", () => {
    const before = readdirSync(base, { recursive: true });
    const store = createThrowawayStore(home);
    store.tables("kv", ["CREATE TABLE t (a)"]);
    expect(readdirSync(base, { recursive: true })).toEqual(before);
    store.close();
  });

  test("tables() runs only the versions that it has not run", () => {
    const store = createThrowawayStore(home);
    store.tables("kv", ["CREATE TABLE t (a)"]);
    store.tables("kv", ["CREATE TABLE t (a)", "ALTER TABLE t ADD COLUMN b"]);
    expect(store.data.prepare("SELECT a, b FROM t").all()).toEqual([]);
    store.close();
  });

  test("tables() refuses tables of a newer version and leaves them untouched", () => {
    const store = createThrowawayStore(home);
    store.tables("kv", ["CREATE TABLE t (a)", "CREATE TABLE u (a)"]);
    expect(() => store.tables("kv", ["CREATE TABLE t (a)"])).toThrow(
      "the store's kv tables have version 2, this bunflare knows 1",
    );
    expect(store.data.prepare("SELECT * FROM u").all()).toEqual([]);
    store.close();
  });

  test("a failing version leaves no half of itself", () => {
    const store = createThrowawayStore(home);
    expect(() => store.tables("kv", ["CREATE TABLE t (a); CREATE TABLE t (a)"])).toThrow();
    store.tables("kv", ["CREATE TABLE t (b)"]);
    expect(store.data.prepare("SELECT b FROM t").all()).toEqual([]);
    store.close();
  });
});

describe("atomically", () => {
  test("undoes every write when one fails, and nests", () => {
    const store = createThrowawayStore(home);
    store.tables("kv", ["CREATE TABLE t (a UNIQUE)"]);
    const insert = (a: number) => store.data.prepare("INSERT INTO t VALUES (?)").run(a);
    store.atomically(() => {
      insert(1);
      expect(() =>
        store.atomically(() => {
          insert(2);
          insert(1);
        }),
      ).toThrow("UNIQUE");
    });
    expect(store.data.prepare("SELECT a FROM t").all()).toEqual([
      expect.objectContaining({ a: 1 }),
    ]);
    store.close();
  });
});

describe("database", () => {
  test("gives one handle for one path, whose writes are committed", () => {
    const store = createThrowawayStore(home);
    const database = store.database("d1/a.sqlite", {});
    database.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    expect(store.database("d1/a.sqlite", {})).toBe(database);
    expect(database.prepare("SELECT count(*) AS n FROM t").get()).toEqual({ n: 1 } as never);
    store.close();
  });

  test("starts from an image that is created once for each hash", () => {
    let created = 0;
    const image = {
      hash: "abc",
      create: () => {
        created++;
        const scratch = new (require("node:sqlite") as typeof import("node:sqlite")).DatabaseSync(
          ":memory:",
        );
        scratch.exec("CREATE TABLE migrated (a)");
        return scratch.serialize();
      },
    };
    for (const _ of [1, 2]) {
      const store = createThrowawayStore(home);
      const database = store.database("d1/a.sqlite", { image });
      expect(database.prepare("SELECT * FROM migrated").all()).toEqual([]);
      store.close();
    }
    expect(created).toBe(1);
  });

  test("reset() empties it", () => {
    const store = createThrowawayStore(home);
    store.database("d1/a.sqlite", {}).exec("CREATE TABLE t (a)");
    store.reset();
    expect(
      store.database("d1/a.sqlite", {}).prepare("SELECT name FROM sqlite_master").all(),
    ).toEqual([]);
    store.close();
  });
});

describe("directory", () => {
  test("is created at first use, and removed by close()", () => {
    const store = createThrowawayStore(home);
    const path = store.directory;
    expect(existsSync(path)).toBe(true);
    expect(path.startsWith(join(base, "bunflare-"))).toBe(true);
    store.close();
    expect(existsSync(path)).toBe(false);
  });
});
