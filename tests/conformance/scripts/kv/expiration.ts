// Expirations, relative and absolute. What expires later than this script runs is seen in the listing.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

export default script<{ KV: KVNamespace }>({
  id: "kv-expiration",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call, note }) {
    const relative = [
      0,
      -5,
      1,
      59,
      59.9,
      Number.NaN,
      "word",
      null,
      true,
      [],
      Number.POSITIVE_INFINITY,
    ];
    for (const expirationTtl of relative) {
      await call("KV.put with a bad expirationTtl", KV, ["expiring", "value", { expirationTtl }]);
    }
    const outside = [2 ** 31, -(2 ** 31) - 1, 60n, Symbol("ttl")];
    for (const expirationTtl of outside) {
      await call("KV.put with an expirationTtl out of range", KV, [
        "expiring",
        "value",
        { expirationTtl },
      ]);
    }
    const absolute = [0, -1, 1, "5", Number.NaN, null, {}];
    for (const expiration of absolute) {
      await call("KV.put with a bad expiration", KV, ["expiring", "value", { expiration }]);
    }
    await call("KV.put with a Date", KV, ["expiring", "value", { expiration: new Date(1e12) }]);
    await call("KV.put with ms", KV, ["expiring", "value", { expiration: 1e12 }]);
    const now = Math.floor(Date.now() / 1000);
    await call.with({ volatile: ["message"] }, "KV.put with an expiration now", KV, [
      "expiring",
      "value",
      { expiration: now },
    ]);
    await call.with(
      { counts: false, volatile: ["message"] },
      "KV.put with an expiration soon",
      KV,
      ["expiring", "value", { expiration: now + 30 }],
    );
    const words = await KV.put("expiring", "value", { expiration: now + 30 }).then(
      () => "no error",
      (error: Error) => error.message.replace(/\d{10}/, "<then>"),
    );
    await note("the words for an expiration soon", words);
    await note("nothing was put", await KV.list());

    const seconds = async (key: string): Promise<number> => {
      const { keys } = await KV.list({ prefix: key });
      return (keys[0]?.expiration ?? 0) - Math.floor(Date.now() / 1000);
    };
    for (const expirationTtl of [60, 3600.9, "120", [60]]) {
      await call("KV.put with an expirationTtl", KV, ["relative", "value", { expirationTtl }]);
      await note("a minute or more", Math.ceil((await seconds("relative")) / 60) * 60);
    }
    await call("KV.put with the longest expirationTtl", KV, [
      "relative",
      "value",
      { expirationTtl: 2 ** 31 - 1 },
    ]);
    await call.with({ counts: false }, "KV.put with an expiration", KV, [
      "absolute",
      "value",
      { expiration: 2147483647 },
    ]);
    await call("KV.list of an absolute expiration", KV, [{ prefix: "absolute" }]);
    await call("KV.put with both: the relative one wins", KV, [
      "both",
      "value",
      { expiration: 5, expirationTtl: 60 },
    ]);
    await note("about a minute", Math.ceil((await seconds("both")) / 60));
    await call("KV.put with undefined ones", KV, [
      "both",
      "value",
      { expiration: undefined, expirationTtl: undefined },
    ]);
    await call("KV.list after a put without expiration", KV, [{ prefix: "both" }]);
    await call.with({ counts: false }, "KV.get of what expires later", KV, ["absolute"]);
    await call("KV.getWithMetadata of what expires later", KV, ["absolute", "text"]);
  },
});
