// The forms in which get and getWithMetadata give a value.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

export default script<{ KV: KVNamespace }>({
  id: "kv-get",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call }) {
    await KV.put("json", '{"a":[1,2]}', { metadata: { m: 1 } });
    await KV.put("text", "no json");
    await KV.put("null", "null");
    await KV.put("empty", "");
    await KV.put("bytes", Uint8Array.of(0xff, 0x61, 0xc3));
    await KV.put("mark", Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d));
    const types = [
      ...["text", "json", "arrayBuffer", "TEXT", "Json", "", "foo"],
      ...[
        null,
        undefined,
        5,
        true,
        1n,
        {},
        [],
        ["json"],
        () => 1,
        Symbol("type"),
        new String("json"),
      ],
      ...[
        { type: "text" },
        { type: "json" },
        { type: "arrayBuffer" },
        { type: "foo" },
        { type: "" },
      ],
      ...[
        { type: null },
        { type: undefined },
        { type: 5 },
        { type: ["json"] },
        { type: Symbol("type") },
      ],
    ];
    for (const type of types) {
      await call("KV.get", KV, ["json", type]);
      await call("KV.getWithMetadata", KV, ["json", type]);
    }
    for (const key of ["text", "null", "empty", "bytes", "mark"]) {
      await call.with({ counts: false }, `KV.get of ${key}`, KV, [key]);
      await call.with({ counts: false }, `KV.get of ${key} as bytes`, KV, [key, "arrayBuffer"]);
    }
    await call.with({ counts: false }, "KV.get of null as JSON", KV, ["null", "json"]);
    const engine = { class: "engine", reason: "JSON.parse has JSC's words" } as const;
    await call.with({ counts: false, differs: engine }, "KV.get of text as JSON", KV, [
      "text",
      "json",
    ]);

    for (const type of [
      undefined,
      "foo",
      5,
      { type: "foo" },
      { type: "json" },
      "arrayBuffer",
      "stream",
    ]) {
      await call("KV.get of a missing key", KV, ["not there", type]);
      await call("KV.getWithMetadata of a missing key", KV, ["not there", type]);
    }
    const times = [
      30,
      29,
      29.9,
      60,
      "60",
      0,
      -1,
      null,
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ];
    for (const cacheTtl of [...times, 2 ** 31 - 1, 2 ** 31, 1n, Symbol("ttl")]) {
      await call("KV.get with a cacheTtl", KV, ["json", { cacheTtl }]);
      await call("KV.getWithMetadata with a cacheTtl", KV, ["json", { cacheTtl }]);
    }
    await call("KV.get (the cacheTtl is checked before the type)", KV, [
      "json",
      { type: "foo", cacheTtl: 1 },
    ]);
    await call("KV.get (the cacheTtl is checked before the key is looked up)", KV, [
      "not there",
      { cacheTtl: 0 },
    ]);
    await call("KV.get with both", KV, ["json", { type: "json", cacheTtl: 60 }]);
  },
});
