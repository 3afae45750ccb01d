// The asynchronous storage: values, order, listings, deletions.

import { script } from "../../script.ts";
import { configOf, stepsOf, subject } from "./support/inside.ts";

class Point {
  x = 1;
  get double(): number {
    return this.x * 2;
  }
}

export class Subject extends subject({
  async values({ storage, call, note }) {
    const cycle: Record<string, unknown> = { a: 1 };
    cycle["self"] = cycle;
    const values: unknown[] = [
      ...["text", "", 5, -0, Number.NaN, 1.5, true, null, 12n, new Date(0), new Date(Number.NaN)],
      ...[/a/gi, new Map([["a", { b: 1 }]]), new Set([1, "a"]), new Error("e"), new TypeError("t")],
      ...[
        new Uint8Array([1, 2, 3]),
        new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
        new ArrayBuffer(2),
      ],
      ...[new Point(), cycle, [1, , 3], { a: undefined, b: [null] }, new Number(5), "\ud800"],
      ...[new Headers({ a: "b" }), Object.create(null), new Float64Array([0.5])],
    ];
    for (const value of values) {
      await call("storage.put", storage, ["key", value]);
      await call.with({ counts: false }, "storage.get", storage, ["key"]);
    }
    const shared = { a: 1 };
    const done = storage.put("clone", shared);
    shared.a = 2;
    await done;
    await note("cloned at the call", await storage.get("clone"));
    await note(
      "each get is a new value",
      (await storage.get("clone")) !== (await storage.get("clone")),
    );
  },

  async many({ storage, call, note }) {
    await call("storage.put an object", storage, [
      { b: 1, a: { x: 1 }, "": "empty", é: 2, Z: 3, "😀": 4, "\uffee": 5 },
    ]);
    await call("storage.get several", storage, [["b", "a", "missing", "b"]]);
    await call("storage.get none", storage, [[]]);
    await call("storage.get a missing key", storage, ["missing", {}]);
    await call("storage.get with options", storage, [
      "b",
      { allowConcurrency: true, noCache: true },
    ]);
    await call("storage.get several with options", storage, [["b"], { noCache: true }]);
    await call("storage.get the empty key", storage, [""]);
    await call("storage.put with options", storage, ["c", 1, { allowUnconfirmed: true }]);
    await call("storage.put an object with options", storage, [{ c: 2 }, { noCache: true }]);
    await call("storage.put nothing at all", storage, [{}]);
    await call("storage.put undefined members", storage, [{ u: undefined, v: 1 }]);
    await note("after it", [...(await storage.list()).keys()]);
    await call("storage.put of undefined as a key", storage, [undefined, 1]);
    await note("after it", await storage.get("undefined"));
    await call("storage.put of a number as a key", storage, [5, "five"]);
    await call("storage.get of a number", storage, [5]);
    await call("storage.delete", storage, ["b"]);
    await call("storage.delete a missing key", storage, ["missing", {}]);
    await call("storage.delete several", storage, [["a", "missing", "c"]]);
    await call("storage.delete several with options", storage, [["é"], { noCache: true }]);
    await call("storage.delete none", storage, [[]]);
    await call("storage.list", storage, []);
    await call("storage.sync", storage, []);
    await call("storage.sync with an argument", storage, [1]);
  },

  async list({ storage, call }) {
    for (const key of ["a", "a:1", "a:2", "a:10", "A", "b", "_", "%", "é", "\uffee", "😀", "a\0"]) {
      await storage.put(key, key);
    }
    await call.with({ counts: false }, "storage.list", storage, []);
    await call("storage.list with nothing", storage, [{}]);
    await call("storage.list undefined", storage, [undefined]);
    await call("storage.list null", storage, [null]);
    for (const prefix of ["a", "A", "a:", "", "zz", "%", "😀", "\ud83d", null, 5]) {
      await call("storage.list a prefix", storage, [{ prefix }]);
    }
    for (const limit of [1, 3, 100, "2", 1.5, null]) {
      await call("storage.list some", storage, [{ limit }]);
    }
    for (const options of [
      { reverse: true },
      { reverse: true, limit: 2 },
      { start: "a:1" },
      { startAfter: "a:1" },
      { end: "a:10" },
      { start: "a", end: "b" },
      { start: "b", end: "a" },
      { start: "a:1", reverse: true },
      { startAfter: "a", end: "b", limit: 2 },
      { startAfter: "a", end: "b", reverse: true, limit: 2 },
      { prefix: "a:", start: "a:10" },
      { prefix: "a:", startAfter: "a:10" },
      { prefix: "a:", end: "a:2" },
      { prefix: "a:", start: "A" },
      { prefix: "a", reverse: true, limit: 1 },
      { prefix: "a:", start: "z" },
      { start: "" },
      { end: "" },
      { startAfter: "" },
      { start: "a\0" },
      { allowConcurrency: true, noCache: true },
    ]) {
      await call("storage.list", storage, [options]);
    }
  },

  async deleteAll({ storage, call, note, ctx }) {
    await storage.put("a", 1);
    storage.sql.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    await call("storage.deleteAll", storage, []);
    await note("entries", [...(await storage.list())]);
    const tables = storage.sql.exec(
      "SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'",
    );
    await note("tables", tables.toArray());
    await call("storage.deleteAll with options", storage, [{ allowUnconfirmed: true }]);
    await storage.put("b", 1);
    await note("goes on", [...(await storage.list())]);
    await note("members", membersOf(storage));
    await note("members of ctx", membersOf(ctx));
    await note("classes", [storage.constructor.name, ctx.constructor.name]);
    await note("props", ctx.props as unknown);
  },

  async sync({ storage, call, chain, note }) {
    const { kv } = storage;
    await note("class", kv.constructor.name);
    await note("members", membersOf(kv));
    await call("kv.put", kv, ["a", { x: new Date(0) }]);
    await call("kv.get", kv, ["a"]);
    await call("kv.get missing", kv, ["missing", 1]);
    await call("kv.put undefined", kv, ["u", undefined]);
    await note("it is there", [...kv.list()]);
    await call("kv.put without a value", kv, ["v"]);
    await call("kv.put a function", kv, ["f", () => 1]);
    await call("kv.put a number as a key", kv, [5, 1]);
    await call("kv.get nothing", kv, []);
    await call("kv.get several", kv, [["a"]]);
    await call("kv.delete", kv, ["a"]);
    await call.with({ counts: false }, "kv.delete again", kv, ["a"]);
    await call("kv.delete nothing", kv, []);
    await storage.put({ x: 1, y: 2, z: 3 });
    await chain("kv.list", kv, ["list"], ["next"]);
    for (const options of [
      { prefix: "x" },
      { limit: 2 },
      { limit: 0 },
      { limit: -1 },
      { start: "y" },
      { startAfter: "y" },
      { start: "x", startAfter: "y" },
      { end: "y" },
      { reverse: true },
    ]) {
      await chain("kv.list", kv, ["list", options], ["toArray"]);
    }
    await call.with({ raw: true }, "kv.list null", kv, [null]);
    await call("kv.list a number", kv, [5]);
    await call.with({ counts: false }, "kv.get detached", { get: kv.get }, ["a"]);
  },
}) {}

function membersOf(object: object): string[] {
  const names: string[] = [];
  for (const name in object) names.push(name);
  return names.sort();
}

export default script<{ OBJECTS: DurableObjectNamespace }>({
  id: "durable-objects-storage-kv",
  compatibilityDate: "2026-11-01",
  config: configOf("Subject"),
  async run({ env: { OBJECTS }, include }) {
    for (const part of ["values", "many", "list", "deleteAll", "sync"]) {
      include(await stepsOf(OBJECTS.getByName(part), part));
    }
  },
});
