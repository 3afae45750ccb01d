// What the storage refuses, and in which words.

import { script } from "../../script.ts";
import { configOf, stepsOf, subject } from "./support/inside.ts";

export class Subject extends subject({
  async keys({ storage, call }) {
    await call("storage.get nothing", storage, []);
    await call("storage.get null", storage, [null]);
    await call("storage.get an object", storage, [{}]);
    await call("storage.get a symbol", storage, [Symbol("key")]);
    await call("storage.get undefined", storage, [undefined]);
    await call("storage.get bad options", storage, ["key", 5]);
    await call("storage.get bad options of a list", storage, [["key"], "text"]);
    await call("storage.get a list with a symbol", storage, [[Symbol("key")]]);
    await call("storage.get a long key", storage, ["k".repeat(2049)]);
    await call("storage.get 129 keys", storage, [Array.from({ length: 129 }, (_, i) => `k${i}`)]);
    await call("storage.delete nothing", storage, []);
    await call("storage.delete null", storage, [null]);
    await call("storage.delete bad options", storage, ["key", 5]);
    await call("storage.delete 129 keys", storage, [
      Array.from({ length: 129 }, (_, i) => `k${i}`),
    ]);
    await call("storage.put nothing", storage, []);
    await call("storage.put a key only", storage, ["key"]);
    await call("storage.put undefined", storage, ["key", undefined]);
    await call("storage.put null as a key", storage, [null, 1]);
    await call("storage.put an object and a value", storage, [{ a: 1 }, 5]);
    await call("storage.put bad options", storage, ["key", 1, 5]);
    await call("storage.put a list as a key", storage, [["a"], 1]);
    await call("storage.put a number", storage, [5]);
    await call("storage.list a number", storage, [5]);
    await call("storage.list text", storage, ["text"]);
    for (const options of [
      { limit: 0 },
      { limit: -1 },
      { limit: "x" },
      { limit: Number.NaN },
      { limit: 1e12 },
      { start: "a", startAfter: "a" },
      { reverse: "yes" },
      { prefix: Symbol("p") },
      { start: {} },
    ]) {
      await call("storage.list", storage, [options]);
    }
    await call("storage.deleteAll bad options", storage, [5]);
  },

  async values({ storage, call, env }) {
    const nested = { a: { f: () => 1 } };
    for (const value of [
      () => 1,
      Symbol("s"),
      nested,
      new WeakMap(),
      Promise.resolve(),
      new Request("http://a/"),
      new ReadableStream(),
      new URL("http://a/"),
      new FormData(),
      new URLSearchParams("a=1"),
      new AbortController().signal,
      (env as { OBJECTS: DurableObjectNamespace }).OBJECTS,
      new Proxy([], {}),
      new Blob(["x"]),
    ]) {
      await call("storage.put", storage, ["key", value]);
    }
    await call("storage.put several, one bad", storage, [{ good: 1, bad: () => 1 }]);
    await call.with({ counts: false }, "storage.get", storage, ["good"]);
    await call("storage.get detached", { get: storage.get }, ["key"]);
    await call("storage.put detached", { put: storage.put }, ["key", 1]);
  },
}) {}

export default script<{ OBJECTS: DurableObjectNamespace }>({
  id: "durable-objects-storage-errors",
  compatibilityDate: "2026-11-01",
  config: configOf("Subject"),
  async run({ env: { OBJECTS }, include }) {
    for (const part of ["keys", "values"]) {
      include(await stepsOf(OBJECTS.getByName(part), part));
    }
  },
});
