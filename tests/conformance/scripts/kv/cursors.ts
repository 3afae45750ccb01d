// Paging through keys.

import type { KVNamespace, KVNamespaceListResult } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

export default script<{ KV: KVNamespace }>({
  id: "kv-cursors",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call, note }) {
    for (const key of ["a", "b:1", "b:2", "b:3", "é", "😀"]) await KV.put(key, key);
    let cursor: string | undefined;
    for (let page = 1; page <= 4; page++) {
      const options = cursor === undefined ? { limit: 2 } : { limit: 2, cursor };
      const result = await call<KVNamespaceListResult<unknown>>(`KV.list page ${page}`, KV, [
        options,
      ]);
      cursor = result.list_complete ? undefined : result.cursor;
      if (cursor === undefined) break;
    }
    const first = await KV.list({ limit: 1 });
    if (first.list_complete) throw new Error("there are more pages");
    await call("KV.list after a cursor", KV, [{ cursor: first.cursor }]);
    await call("KV.list after a cursor before the prefix", KV, [
      { cursor: first.cursor, prefix: "b" },
    ]);
    await call("KV.list after a cursor beyond the prefix", KV, [{ cursor: "eg==", prefix: "b" }]);
    const inside = await KV.list({ limit: 1, prefix: "b:" });
    if (inside.list_complete) throw new Error("there are more pages");
    await call("KV.list after a cursor inside the prefix", KV, [
      { cursor: inside.cursor, prefix: "b:" },
    ]);
    await KV.delete("b:1");
    await KV.delete("b:2");
    await KV.put("b:11", "later");
    await call.with({ counts: false }, "KV.list after changes", KV, [{ cursor: inside.cursor }]);
    for (const other of [
      "",
      "x",
      "???",
      "zzzz",
      "YQ",
      "Y Q",
      "w6k",
      "w/8=",
      5,
      null,
      undefined,
      {},
      Symbol("cursor"),
    ]) {
      await call("KV.list with another cursor", KV, [{ cursor: other }]);
    }
    for (let i = 0; i < 1001; i++) await KV.put(`many:${i}`, "");
    const all = await KV.list({ prefix: "many:" });
    await note("a page of 1000", [
      all.keys.length,
      all.list_complete,
      all.keys.at(-1),
      Object.keys(all),
    ]);
    if (all.list_complete) throw new Error("there is one more");
    await call.with({ counts: false }, "KV.list of the rest", KV, [
      { prefix: "many:", cursor: all.cursor },
    ]);
  },
});
