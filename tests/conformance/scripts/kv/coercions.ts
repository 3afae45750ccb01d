// What KV makes of keys that are no strings, of missing arguments, and of arguments of other types.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

const throwing = {
  toString() {
    throw new RangeError("toString threw");
  },
};

export default script<{ KV: KVNamespace }>({
  id: "kv-coercions",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call }) {
    for (const key of [5, -0, 1e21, 10n, true, null, undefined, {}, new Date(0)]) {
      const label = String(key);
      await call(`KV.put of ${label}`, KV, [key, `put as ${label}`]);
      await call(`KV.get of ${label}`, KV, [key]);
      await call(`KV.getWithMetadata of ${label}`, KV, [key]);
      await call(`KV.delete of ${label}`, KV, [key]);
      await call.with({ counts: false }, `KV.get of ${label} after delete`, KV, [String(key)]);
    }
    await call("KV.delete of an array", KV, [["a", "b"]]);
    await call("KV.put of an array", KV, [["a", "b"], "joined"]);
    for (const key of [Symbol("key"), throwing]) {
      await call("KV.put", KV, [key, "value"]);
      await call("KV.get", KV, [key]);
      await call("KV.getWithMetadata", KV, [key]);
      await call("KV.delete", KV, [key]);
      await call("KV.get in bulk", KV, [["a", key]]);
    }
    await call("KV.put with nothing", KV, []);
    await call("KV.put without a value", KV, ["key"]);
    await call("KV.get with nothing", KV, []);
    await call("KV.getWithMetadata with nothing", KV, []);
    await call("KV.delete with nothing", KV, []);
    await call("KV.delete with more than it takes", KV, ["key", "more"]);
    for (const options of ["text", 5, true, 1n, Symbol("options")]) {
      await call("KV.put with options of another type", KV, ["key", "value", options]);
      await call("KV.list with options of another type", KV, [options]);
    }
    for (const options of [null, undefined, {}, [], new Date(0), () => 1]) {
      await call("KV.put with options without fields", KV, ["key", "value", options]);
      await call("KV.list with options without fields", KV, [options]);
    }
    await call("KV.put (the key is converted before the value)", KV, [throwing, Symbol("value")]);
    await call("KV.put (the value is converted before the options)", KV, [
      "key",
      Symbol("value"),
      5,
    ]);
    await call("KV.put (the options are converted before the key is checked)", KV, [
      "",
      "value",
      5,
    ]);
    await call("KV.put (the key is checked before the value)", KV, ["", {}, { expirationTtl: 1 }]);
    await call("KV.put (the value is checked before the options)", KV, [
      "key",
      {},
      { expirationTtl: 1 },
    ]);
  },
});
