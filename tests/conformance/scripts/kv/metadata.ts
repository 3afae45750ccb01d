// Metadata: any JSON of up to 1024 bytes.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;

export default script<{ KV: KVNamespace }>({
  id: "kv-metadata",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call }) {
    const kept = [
      { role: "admin", tags: ["a", "b"] },
      { z: 1, a: 2, 10: "ten", 9: "nine" },
      [],
      [1, null],
      {},
      1,
      0,
      "",
      "text",
      "é中😀",
      "\n\0",
      "\ud800",
      false,
      true,
      null,
      undefined,
      Number.NaN,
      -0,
      new Date(0),
      new Map([[1, 2]]),
      Uint8Array.of(1),
      { toJSON: () => "made" },
      { a: undefined, b: () => 1 },
      "x".repeat(1022),
      "é".repeat(511),
    ];
    for (const metadata of kept) {
      await call("KV.put with metadata", KV, ["metadata", "value", { metadata }]);
      await call.with({ counts: false }, "KV.getWithMetadata", KV, ["metadata"]);
      await call.with({ counts: false }, "KV.list", KV, []);
    }
    await call("KV.put with metadata from a getter", KV, [
      "metadata",
      "value",
      {
        get metadata() {
          return "got";
        },
      },
    ]);
    await call.with({ counts: false }, "KV.getWithMetadata", KV, ["metadata"]);
    await call("KV.put with metadata that is too large", KV, [
      "metadata",
      "value",
      { metadata: "x".repeat(1023) },
    ]);
    await call("KV.put with wide metadata that is too large", KV, [
      "metadata",
      "value",
      { metadata: "é".repeat(512) },
    ]);
    await call("KV.put (the expiration is checked before the metadata)", KV, [
      "metadata",
      "value",
      { expirationTtl: 5, metadata: "x".repeat(1023) },
    ]);
    for (const metadata of [() => 1, Symbol("metadata")]) {
      await call("KV.put with metadata that has no JSON", KV, ["metadata", "value", { metadata }]);
    }
    const throwing = {
      toJSON() {
        throw new RangeError("toJSON threw");
      },
    };
    await call.with({ counts: false }, "KV.put with metadata that throws", KV, [
      "metadata",
      "value",
      { metadata: throwing },
    ]);
    const engine = { class: "engine", reason: "the text is V8's" } as const;
    await call.with({ differs: engine }, "KV.put with a bigint as metadata", KV, [
      "metadata",
      "value",
      { metadata: 1n },
    ]);
    await call.with({ differs: engine }, "KV.put with a cycle as metadata", KV, [
      "metadata",
      "value",
      { metadata: cyclic },
    ]);
    await call.with({ counts: false }, "KV.getWithMetadata after refusals", KV, ["metadata"]);
    await call.with({ counts: false }, "KV.put without metadata", KV, ["metadata", "value"]);
    await call.with({ counts: false }, "KV.getWithMetadata (the old one is gone)", KV, [
      "metadata",
    ]);
  },
});
