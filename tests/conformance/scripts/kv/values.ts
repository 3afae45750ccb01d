// What can be put as a value, and how it comes back.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

class Custom {}

export default script<{ KV: KVNamespace }>({
  id: "kv-values",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call }) {
    const bytes = Uint8Array.of(0, 1, 2, 3, 254, 255);
    const values: [string, unknown][] = [
      ["text", "a text"],
      ["wide text", "é中😀"],
      ["text with NUL", "a\0b"],
      ["text with a byte order mark", "\ufeffa"],
      ["text with a lone surrogate", "a\ud800b"],
      ["empty text", ""],
      ["an ArrayBuffer", bytes.buffer],
      ["an empty ArrayBuffer", new ArrayBuffer(0)],
      ["a SharedArrayBuffer", new SharedArrayBuffer(2)],
      ["a resizable ArrayBuffer", new ArrayBuffer(17, { maxByteLength: 20 })],
      ["a Uint8Array", bytes],
      ["a window of a Uint8Array", bytes.subarray(2, 4)],
      ["a Uint16Array", Uint16Array.of(1, 2)],
      ["a Float64Array", Float64Array.of(1.5)],
      ["a BigInt64Array", BigInt64Array.of(1n)],
      ["a DataView", new DataView(bytes.buffer, 1, 2)],
      ["an integer", 5],
      ["a fraction", 1.5],
      ["-0", -0],
      ["NaN", Number.NaN],
      ["a large number", 1e21],
      ["a bigint", 10n],
      ["true", true],
      ["null", null],
      ["undefined", undefined],
    ];
    for (const [label, value] of values) {
      await call(`KV.put of ${label}`, KV, ["value", value]);
      await call.with({ counts: false }, "KV.get", KV, ["value"]);
      await call.with({ counts: false }, "KV.get as bytes", KV, ["value", "arrayBuffer"]);
    }
    await call.with({ counts: false }, "KV.put", KV, ["value", "old"]);
    const refused = [
      {},
      [1],
      new Date(0),
      new Map(),
      /a/,
      () => 1,
      new Custom(),
      new Blob(["a"]),
      new Response(Uint8Array.of(1)),
      new Request("http://a.test/"),
      new FormData(),
      new URLSearchParams("a=b"),
      new Headers(),
      Promise.resolve("a"),
      new String("a"),
      new Number(1),
      { toString: () => "a" },
    ];
    for (const value of refused)
      await call("KV.put of what it does not take", KV, ["value", value]);
    await call("KV.put of a symbol", KV, ["value", Symbol("value")]);
    await call.with({ counts: false }, "KV.get after refusals", KV, ["value"]);
    const detached = new ArrayBuffer(3);
    structuredClone(detached, { transfer: [detached] });
    await call.with({ counts: false }, "KV.put of a detached ArrayBuffer", KV, ["value", detached]);
    await call.with({ counts: false }, "KV.get", KV, ["value"]);
    const changed = Uint8Array.of(1, 2, 3);
    const put = KV.put("changed", changed);
    changed[0] = 9;
    await put;
    await call.with({ counts: false }, "KV.get of what was changed after put", KV, [
      "changed",
      "arrayBuffer",
    ]);
  },
});
