// Which keys KV takes, and how it refuses the others: the client's rules are TypeErrors, the service's are Errors.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

const long = "k".repeat(512);
const longWide = "é".repeat(256);

export default script<{ KV: KVNamespace }>({
  id: "kv-keys",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call }) {
    for (const key of ["", ".", ".."]) {
      await call("KV.put", KV, [key, "value"]);
      await call("KV.get", KV, [key]);
      await call("KV.getWithMetadata", KV, [key]);
      await call("KV.delete", KV, [key]);
    }
    await call("KV.put of a key of 512 bytes", KV, [long, "long"]);
    await call("KV.get of a key of 512 bytes", KV, [long]);
    await call("KV.put of a wide key of 512 bytes", KV, [longWide, "wide"]);
    await call("KV.get of a wide key of 512 bytes", KV, [longWide]);
    for (const key of [`${long}k`, `${longWide}é`]) {
      await call("KV.put of a key that is too long", KV, [key, "value"]);
      await call("KV.get of a key that is too long", KV, [key]);
      await call("KV.getWithMetadata of a key that is too long", KV, [key]);
      await call("KV.delete of a key that is too long", KV, [key]);
    }
    const odd = [
      "...",
      "./a",
      "/",
      " ",
      "a b",
      "a\0b",
      "%2e%2e",
      "#?&=",
      "é",
      "中",
      "😀",
      "__proto__",
    ];
    for (const key of odd) {
      await call("KV.put of an odd key", KV, [key, "odd"]);
      await call("KV.get of an odd key", KV, [key]);
    }
    await call("KV.put of a lone surrogate", KV, ["a\ud800b", "value"]);
    await call("KV.get of a lone surrogate", KV, ["a\ud800b"]);
    await call("KV.getWithMetadata of a lone surrogate", KV, ["a\ud800b"]);
    await call("KV.delete of a lone surrogate", KV, ["a\ud800b"]);
    await call.with({ counts: false }, "KV.list after all of them", KV, []);
  },
});
