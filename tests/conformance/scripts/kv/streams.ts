// Streams as values, in and out.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const config = { kv_namespaces: [{ binding: "KV", id: "kv" }] };

function streamOf(...chunks: unknown[]): ReadableStream<unknown> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

function failing(reason: unknown): ReadableStream<unknown> {
  return new ReadableStream({
    start(controller) {
      controller.error(reason);
    },
  });
}

class Own extends Error {
  override name = "Own";
  code = 7;
}

export default script<{ KV: KVNamespace }>({
  id: "kv-streams",
  compatibilityDate: "2026-11-01",
  config,
  async run({ env: { KV }, call, chain, make, note }) {
    const good: [string, unknown[]][] = [
      ["bytes", [Uint8Array.of(1, 2), Uint8Array.of(3)]],
      ["text", ["a", "é"]],
      ["text with lone surrogates", ["a\ud83d", "\ude00"]],
      ["an ArrayBuffer", [Uint8Array.of(9).buffer]],
      ["a wider view", [Uint16Array.of(1, 2)]],
      ["empty chunks", [new Uint8Array(0), Uint8Array.of(3), ""]],
      ["nothing", []],
    ];
    for (const [label, chunks] of good) {
      const stream = make<ReadableStream>({ streamOf }, ["streamOf", ...chunks]);
      await call(`KV.put of a stream of ${label}`, KV, ["stream", stream]);
      await call.with({ counts: false }, "KV.get as bytes", KV, ["stream", "arrayBuffer"]);
    }
    for (const chunk of [5, {}, null, undefined, true]) {
      const stream = make<ReadableStream>({ streamOf }, ["streamOf", chunk]);
      await call("KV.put of a stream of something else", KV, ["stream", stream]);
    }
    // Whether a stream that failed leaves something behind is a matter of timing in the local simulator, so it is not read.
    const reasons = [new RangeError("failed"), new Own("own"), "text", 5, undefined, null];
    for (const reason of reasons) {
      const stream = make<ReadableStream>({ failing }, ["failing", reason]);
      await call("KV.put of a stream that fails", KV, ["stream", stream]);
    }

    const locked = streamOf("a");
    const reader = locked.getReader();
    await call("KV.put of a locked stream", KV, ["stream", locked]);
    await call("KV.put of a locked stream: checked before the options", KV, [
      "stream",
      locked,
      { expirationTtl: 1 },
    ]);
    reader.releaseLock();
    await call.with({ counts: false }, "KV.put of a stream that is unlocked again", KV, [
      "stream",
      locked,
    ]);
    await note("it is locked afterwards", locked.locked);
    await call.with({ counts: false }, "KV.put of a stream that was read", KV, ["stream", locked]);
    const response = new Response("a body");
    await call.with({ counts: false }, "KV.put of a body", KV, ["stream", response.body]);
    await note("the body is used", response.bodyUsed);
    await call.with({ counts: false }, "KV.get", KV, ["stream"]);

    await chain("read a chunk", KV, ["get", "stream", "stream"], ["getReader"], ["read"]);
    await chain(
      "read a chunk, BYOB",
      KV,
      ["get", "stream", { type: "stream" }],
      ["getReader", { mode: "byob" }],
      ["read", new Uint8Array(10)],
    );
    const stream = await KV.get("stream", "stream");
    if (stream === null) throw new Error("there is a value");
    await note("the stream", [stream.locked, String(stream)]);
    await note("its text", await new Response(stream).text());
    await KV.put("large", new Uint8Array(10_000));
    const sizes: number[] = [];
    for await (const chunk of (await KV.get("large", "stream")) ?? []) sizes.push(chunk.byteLength);
    await note("the chunks of a larger value", sizes);
    await KV.put("empty", "");
    await chain("read an empty value", KV, ["get", "empty", "stream"], ["getReader"], ["read"]);
  },
});
