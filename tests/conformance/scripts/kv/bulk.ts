// Reading many keys with one call.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}`);

export default script<{ KV: KVNamespace }>({
  id: "kv-bulk",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call, note }) {
    await KV.put("one", "1");
    await KV.put("two", '{"x":2}', { metadata: { m: 1 } });
    await KV.put("text", "no json");
    await KV.put("null", "null");
    await KV.put("empty", "");
    await KV.put("bytes", Uint8Array.of(0xff, 0x61));
    await KV.put("mark", "\ufeffa");
    await KV.put("7", "seven");
    for (const method of ["get", "getWithMetadata"] as const) {
      await call(`KV.${method} of two`, KV, [["one", "two"]]);
      await call(`KV.${method} in the order asked`, KV, [["two", "one", "two", "-", "one"]]);
      await call(`KV.${method} as JSON`, KV, [["one", "two"], "json"]);
      await call.with({ counts: false }, `KV.${method} of what is no JSON`, KV, [
        ["one", "text"],
        "json",
      ]);
      await call.with({ counts: false }, `KV.${method} of null as JSON`, KV, [["null"], "json"]);
      await call.with({ counts: false }, `KV.${method} of odd values`, KV, [
        ["null", "empty", "bytes", "mark"],
      ]);
      await call(`KV.${method} of nothing`, KV, [[]]);
      await call(`KV.${method} of 100 keys`, KV, [names(100)]);
      await call(`KV.${method} of 101 keys`, KV, [names(101)]);
      await call(`KV.${method} of 101 equal keys`, KV, [Array(101).fill("one")]);
      for (const key of ["", ".", "..", "k".repeat(513)]) {
        await call(`KV.${method} of a bad key`, KV, [["one", key]]);
      }
      await call(`KV.${method} of a lone surrogate`, KV, [["a\ud800"]]);
      await call(`KV.${method} of keys that are no strings`, KV, [[true, null, undefined, {}]]);
      await call(`KV.${method} of keys that are numbers`, KV, [["one", 7, 1.5, "01"]]);
      await call(`KV.${method} of a list in a list`, KV, [[["one", "two"]]]);
      for (const type of ["arrayBuffer", "stream", "foo", "", "text", null, 5]) {
        await call(`KV.${method} with a type`, KV, [["one"], type]);
      }
      for (const type of ["json", "foo", "", null, undefined]) {
        await call(`KV.${method} with a type in options`, KV, [["one"], { type }]);
      }
      for (const cacheTtl of [1, 0, Number.NaN, 30, undefined, 2 ** 31]) {
        await call(`KV.${method} with a cacheTtl`, KV, [["one"], { cacheTtl }]);
      }
    }
    await call("KV.get (the type is checked before the number)", KV, [[], "foo"]);
    await call("KV.get (the number is checked before the keys)", KV, [Array(101).fill("")]);
    await call("KV.get of a Set", KV, [new Set(["one"])]);
    await call("KV.get of what is like a list", KV, [{ 0: "one", length: 1 }]);
    const third = Math.floor((25 * 1024 * 1024) / 3);
    for (const key of ["x", "y", "z"]) await KV.put(key, "x".repeat(third));
    await note("25 MiB at once", (await KV.get(["x", "y", "z"])).size);
    await KV.put("z", "x".repeat(third + 2));
    await call.with({ counts: false }, "KV.get of one byte more", KV, [["x", "y", "z"]]);
  },
});
