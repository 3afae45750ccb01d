import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPersistentStore } from "../../../runtime/store/persistent.ts";

const base = mkdtempSync(join(tmpdir(), "bunflare-persist-"));
let stores = 0;
const newDirectory = (): string => join(base, String(++stores));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const TABLES = ["CREATE TABLE t (a)"];

test("what was written is there when it is opened again", () => {
  const directory = newDirectory();
  const first = openPersistentStore(directory);
  first.tables("kv", TABLES);
  first.data.exec("INSERT INTO t VALUES (1)");
  first.database("d1/a.sqlite", {}).exec("CREATE TABLE u (b); INSERT INTO u VALUES (2)");
  first.close();

  const second = openPersistentStore(directory);
  second.tables("kv", TABLES);
  expect(second.data.prepare("SELECT a FROM t").get()?.a).toBe(1);
  expect(second.database("d1/a.sqlite", {}).prepare("SELECT b FROM u").get()?.b).toBe(2);
  second.close();
});

test("a second opener is told that another process has it", () => {
  const directory = newDirectory();
  const first = openPersistentStore(directory);
  expect(() => openPersistentStore(directory)).toThrow("another process has it open");
  first.close();
  openPersistentStore(directory).close();
});

test("a layout of a newer version is refused and left untouched", () => {
  const directory = newDirectory();
  openPersistentStore(directory).close();
  const file = join(directory, "data.sqlite");
  const database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  const before = readFileSync(file);
  expect(() => openPersistentStore(directory)).toThrow("has layout 99, this bunflare knows 1");
  expect(readFileSync(file)).toEqual(before);
});

test("tables of a newer version are refused and left untouched", () => {
  const directory = newDirectory();
  const first = openPersistentStore(directory);
  first.tables("kv", [...TABLES, "INSERT INTO t VALUES (1)"]);
  first.close();
  const second = openPersistentStore(directory);
  expect(() => second.tables("kv", TABLES)).toThrow("a newer bunflare wrote it");
  expect(second.data.prepare("SELECT a FROM t").all()).toHaveLength(1);
  second.close();
});

test("reset() empties it", () => {
  const directory = newDirectory();
  const store = openPersistentStore(directory);
  store.tables("kv", TABLES);
  store.database("d1/a.sqlite", {}).exec("CREATE TABLE u (b)");
  store.reset();
  expect(store.data.prepare("SELECT * FROM versions").all()).toEqual([]);
  const tables = store.database("d1/a.sqlite", {}).prepare("SELECT * FROM sqlite_master").all();
  expect(tables).toEqual([]);
  store.close();
});

test("a database that does not exist yet starts from its image, one that does keeps its rows", () => {
  const directory = newDirectory();
  const image = {
    hash: "x",
    create: () => {
      const scratch = new DatabaseSync(":memory:");
      scratch.exec("CREATE TABLE u (b)");
      return scratch.serialize();
    },
  };
  const first = openPersistentStore(directory);
  first.database("d1/a.sqlite", { image }).exec("INSERT INTO u VALUES (1)");
  first.close();
  const second = openPersistentStore(directory);
  expect(second.database("d1/a.sqlite", { image }).prepare("SELECT * FROM u").all()).toHaveLength(
    1,
  );
  second.close();
});

describe("SIGKILL", () => {
  const WRITER = join(import.meta.dir, "persistent", "writer.ts");

  test("loses nothing that was committed, at 50 random moments", async () => {
    const directory = newDirectory();
    let known = 0;
    for (let round = 0; round < 50; round++) {
      const child = Bun.spawn([process.execPath, WRITER, directory], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const acknowledged = await readUntilKilled(child, 1 + Math.floor(Math.random() * 200));
      const store = openPersistentStore(directory);
      store.tables("kv", TABLES);
      const stored = Number(store.data.prepare("SELECT count(*) AS n FROM t").get()?.n);
      const users = store.database("d1/a.sqlite", {});
      users.exec("CREATE TABLE IF NOT EXISTS u (b)");
      const inUsers = Number(users.prepare("SELECT count(*) AS n FROM u").get()?.n);
      expect(stored).toBeGreaterThanOrEqual(known + acknowledged);
      expect(inUsers).toBeGreaterThanOrEqual(known + acknowledged);
      expect(store.data.prepare("PRAGMA integrity_check").get()?.integrity_check).toBe("ok");
      store.close();
      known = Math.min(stored, inUsers);
    }
    expect(known).toBeGreaterThan(0);
  }, 60_000);

  /** Kills the writer after it has acknowledged `count` writes; gives how many it acknowledged in all. */
  async function readUntilKilled(
    child: Bun.Subprocess<"ignore", "pipe", "inherit">,
    count: number,
  ): Promise<number> {
    let acknowledged = 0;
    for await (const chunk of child.stdout) {
      acknowledged += chunk.length;
      if (acknowledged >= count) child.kill("SIGKILL");
    }
    await child.exited;
    expect(child.signalCode).toBe("SIGKILL");
    return acknowledged;
  }
});
