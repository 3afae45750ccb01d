import type { KVNamespace } from "@cloudflare/workers-types";
import type { Env } from "../../runtime/env.ts";
import { testBinding } from "./contract.ts";

const kv = (env: Env): KVNamespace => env.KV as KVNamespace;

testBinding({
  kind: "kv",
  name: "KV",
  config: { kv_namespaces: [{ binding: "KV", id: "kv" }] },
  steps: [
    (env) => kv(env).put("b", "second", { metadata: { n: 1 } }),
    (env) => kv(env).put("a", new Uint8Array([0, 255])),
    (env) => kv(env).get("b"),
    (env) => kv(env).list({ limit: 1 }),
    (env) => kv(env).delete("b"),
    (env) => kv(env).getWithMetadata("a", "arrayBuffer"),
  ],
  calls: {
    get: (env) => kv(env).get("a"),
    getWithMetadata: (env) => kv(env).getWithMetadata("a"),
    put: (env) => kv(env).put("a", "1"),
    delete: (env) => kv(env).delete("a"),
    list: (env) => kv(env).list(),
  },
});
