// How large a value may be.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

const limit = 25 * 1024 * 1024;

function streamOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

export default script<{ KV: KVNamespace }>({
  id: "kv-size",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call, make, note }) {
    await call("KV.put of 25 MiB of text", KV, ["size", "x".repeat(limit)]);
    await call("KV.put of one byte more", KV, ["size", "x".repeat(limit + 1)]);
    await call("KV.put of wide text that is too large", KV, ["size", "é".repeat(limit / 2 + 1)]);
    await call("KV.put of 25 MiB of bytes", KV, ["size", new Uint8Array(limit)]);
    await call("KV.put of one byte more", KV, ["size", new Uint8Array(limit + 1)]);
    const fits = make<ReadableStream>({ streamOf }, ["streamOf", new Uint8Array(limit)]);
    await call("KV.put of a stream of 25 MiB", KV, ["size", fits]);
    const over = make<ReadableStream>({ streamOf }, [
      "streamOf",
      new Uint8Array(limit),
      new Uint8Array(1),
    ]);
    await call("KV.put of a stream of one byte more", KV, ["size", over]);
    const chunks = [new Uint8Array(limit), new Uint8Array(1000), new Uint8Array(1000)];
    const far = make<ReadableStream>({ streamOf }, ["streamOf", ...chunks]);
    await call("KV.put of a stream that goes on", KV, ["size", far]);
    await call("KV.put (the options are checked before the size)", KV, [
      "size",
      "x".repeat(limit + 1),
      { expirationTtl: 1 },
    ]);
    await note("the value", (await KV.get("size", "arrayBuffer"))?.byteLength);
  },
});
