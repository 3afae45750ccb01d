// The form of a KV namespace: a class of the platform, whose methods need their object.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

export default script<{ KV: KVNamespace }>({
  id: "kv-class",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call, chain, note }) {
    const prototype = Object.getPrototypeOf(KV) as KVNamespace;
    const names: string[] = [];
    for (const name in KV) names.push(name);
    await note("enumerable names", names);
    await note("own keys", Reflect.ownKeys(KV));
    await note("text", String(KV));
    await note("class name", KV.constructor.name);
    for (const name of ["get", "getWithMetadata", "put", "delete", "list"] as const) {
      const method = KV[name] as (...args: unknown[]) => unknown;
      await note(`${name}: name and length`, [method.name, method.length]);
      await chain(`${name}, detached`, { [name]: method }, [name, "key", "value"]);
    }
    await chain("get of another object", prototype.get, ["call", {}, "key"]);
    await chain("get of nothing", prototype.get, ["call", undefined, "key"]);
    await call.with({ counts: false }, "KV.get of the prototype", prototype, ["key"]);
    await call.with({ counts: false }, "KV.get of an object that inherits", Object.create(KV), [
      "key",
    ]);
    await call("new KvNamespace", KV.constructor, []);
    await call("new KvNamespace with an argument", KV.constructor, ["kv"]);
  },
});
