// Listing keys: order, prefixes and limits.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

export default script<{ KV: KVNamespace }>({
  id: "kv-list",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call }) {
    await call.with({ counts: false }, "KV.list of nothing", KV, []);
    for (const key of ["b", "a:2", "a", "A", "a:1", "z", "é", "\uffee", "😀", "a\0", "_", "%", "5"])
      await KV.put(key, key);
    await KV.put("m", "m", { metadata: { m: 1 } });
    await KV.put("x", "x", { expiration: 2147483647, metadata: "x" });
    await call.with({ counts: false }, "KV.list", KV, []);
    const prefixes = [
      "a",
      "A",
      "a:",
      "",
      "zz",
      "%",
      "_",
      "é",
      "\ud83d",
      "\uffee",
      "😀",
      "k".repeat(512),
      "k".repeat(513),
    ];
    for (const prefix of [...prefixes, null, undefined, 5, {}, ["a"], false, Symbol("prefix")]) {
      await call("KV.list with a prefix", KV, [{ prefix }]);
    }
    const limits = [
      1,
      3,
      1.9,
      0.5,
      0,
      -1,
      Number.NaN,
      null,
      undefined,
      "2",
      "word",
      true,
      [2],
      {},
      1000,
    ];
    for (const limit of [...limits, 1001, 2 ** 31 - 1, 2 ** 31, 1n, Symbol("limit")]) {
      await call("KV.list with a limit", KV, [{ limit }]);
    }
    for (const limit of [2, 3, 4, 5]) await call("KV.list with both", KV, [{ prefix: "a", limit }]);
    await call("KV.list (the limit is checked before the prefix)", KV, [
      { limit: 1001, prefix: "k".repeat(513) },
    ]);
    await call("KV.list (the limit is converted before the prefix)", KV, [
      { prefix: Symbol("prefix"), limit: 1n },
    ]);
    await call("KV.list with unknown fields", KV, [{ limit: 1, other: 1 }]);
    await call("KV.list with more than it takes", KV, [{ limit: 1 }, "more"]);
    await KV.put("q\ud7ff", "");
    await KV.put("q\ue000", "");
    await KV.put("r\u{10ffff}", "");
    await KV.put("r\u{10ffff}a", "");
    await KV.put("s", "");
    await call("KV.list with a prefix before the surrogates", KV, [{ prefix: "q\ud7ff" }]);
    await call("KV.list with a prefix that ends in the last code point", KV, [
      { prefix: "r\u{10ffff}" },
    ]);
  },
});
