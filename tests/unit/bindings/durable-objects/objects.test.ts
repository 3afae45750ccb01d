import { expect, test } from "bun:test";
import { inspect } from "../../../../runtime/inspect.ts";
import { openObjects, TestObject } from "./open-objects.ts";

class Counter extends TestObject {
  memory = 0;
  async increment(): Promise<number> {
    const { storage } = this.state;
    const n = (((await storage.get("n")) as number | undefined) ?? 0) + 1;
    await storage.put("n", n);
    return n;
  }
  remember(): number {
    return ++this.memory;
  }
  who(): unknown {
    return this.state.id.name ?? null;
  }
  later(time: number): Promise<void> {
    return this.state.storage.setAlarm(time);
  }
  table(): void {
    this.state.storage.sql.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), ('x'), (x'01')");
  }
  values(): Promise<void> {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    const values = { date: new Date(0), map: new Map([["a", 1n]]), bytes: Uint8Array.of(1), cycle };
    return this.state.storage.put(values);
  }
  violate(): void {
    const { sql } = this.state.storage;
    sql.exec("CREATE TABLE a (id INTEGER PRIMARY KEY)");
    sql.exec("CREATE TABLE b (a REFERENCES a(id) DEFERRABLE INITIALLY DEFERRED)");
    sql.exec("INSERT INTO b VALUES (1)");
  }
  keep(): void {
    const { sql } = this.state.storage;
    sql.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
    sql.exec("CREATE TABLE child (id REFERENCES parent(id))");
    sql.exec("INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1)");
    sql.exec("CREATE VIRTUAL TABLE words USING fts5(word)");
    sql.exec("CREATE VIEW seen AS SELECT * FROM child");
  }
  clear(): Promise<void> {
    return this.state.storage.deleteAll();
  }
  async alarm(): Promise<void> {}
}

test("a new life has an empty memory and everything else", async () => {
  using opened = openObjects(Counter);
  const stub = opened.stub("a");
  expect([await stub["increment"]?.(), await stub["remember"]?.()]).toEqual([1, 1]);
  opened.world.closeResources();
  expect([await stub["increment"]?.(), await stub["remember"]?.()]).toEqual([2, 1]);
  expect(await stub["remember"]?.()).toBe(2);
});

test("an object keeps its name when it is reached by the text of its id after a new start", async () => {
  using opened = openObjects(Counter);
  await opened.stub("a")["increment"]?.();
  opened.world.closeResources();
  const { namespace } = opened;
  const id = namespace.idFromString(namespace.idFromName("a").toString());
  const stub = opened.ofTest(namespace.get(id));
  expect(await stub["who"]?.()).toBe("a");
});

test("the state shows keys, values, tables and alarms of objects that have any, by name", async () => {
  using opened = openObjects(Counter);
  const { world } = opened;
  await opened.stub("b")["increment"]?.();
  await opened.stub("a")["values"]?.();
  await opened.stub("c")["table"]?.();
  await opened.stub("d")["later"]?.(4102444800000);
  await opened.stub("none")["remember"]?.();
  const state = inspect(world, world.primary.env["OBJECTS"])?.state;
  expect(state).toEqual([
    {
      name: "a",
      storage: {
        bytes: { bytes: "01" },
        cycle: { self: { cycle: 1 } },
        date: { date: "1970-01-01T00:00:00.000Z" },
        map: { map: [["a", 1]] },
      },
    },
    { name: "b", storage: { n: 1 } },
    { name: "c", storage: {}, tables: { t: [{ a: 1 }, { a: "x" }, { a: { bytes: "01" } }] } },
    { name: "d", storage: {}, alarm: 4102444800000 },
  ]);
  const one = inspect(world, world.primary.env["OBJECTS"], { name: "b" })?.state;
  expect(one).toEqual([{ name: "b", storage: { n: 1 } }]);
});

test("reset() leaves nothing of an object, and its stubs lead to a new one", async () => {
  using opened = openObjects(Counter);
  const stub = opened.stub("a");
  await stub["increment"]?.();
  opened.world.reset();
  expect(await stub["increment"]?.()).toBe(1);
});

test("what cannot be committed breaks the object, and is lost", async () => {
  using opened = openObjects(Counter);
  const stub = opened.stub("a");
  await stub["increment"]?.();
  const failed = await stub["violate"]?.().catch((error: unknown) => error);
  expect(String(failed)).toContain("FOREIGN KEY constraint failed");
  expect(failed).toMatchObject({ durableObjectReset: true });
  expect(await opened.stub("a")["increment"]?.()).toBe(2);
  expect(inspect(opened.world, opened.namespace)?.state).toEqual([
    { name: "a", storage: { n: 2 } },
  ]);
});

test("deleteAll() drops tables that refer to each other, views and virtual tables", async () => {
  using opened = openObjects(Counter);
  const stub = opened.stub("a");
  await stub["keep"]?.();
  await stub["increment"]?.();
  await stub["clear"]?.();
  expect(inspect(opened.world, opened.namespace)?.state).toEqual([]);
  // The names are free again, and foreign keys hold as before.
  await stub["keep"]?.();
  expect(await stub["increment"]?.()).toBe(1);
});

test("an event in flight when the store is reset fails, and says why", async () => {
  using opened = openObjects(Counter);
  const stub = opened.stub("a");
  await stub["remember"]?.();
  const flight = stub["increment"]?.() as Promise<unknown>;
  opened.world.reset();
  expect(await flight.catch(String)).toContain("was closed while it handled an event");
});

test("a class of a worker that is not there is told at use", async () => {
  using opened = openObjects(Counter, {
    durable_objects: {
      bindings: [{ name: "OBJECTS", class_name: "Counter", script_name: "other" }],
    },
  });
  const call = (async () => opened.stub("a")["increment"]?.())();
  expect(await call.catch(String)).toContain('the worker "other" is not loaded');
});
