// Streams: readers with buffers, `readAtLeast`, byte sources, and the messages of locked, released and closed streams.

import { script } from "../../script.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

function byteStream(...chunks: Uint8Array[]): ReadableStream {
  return new ReadableStream({
    type: "bytes",
    start(controller: ReadableByteStreamController) {
      for (const chunk of chunks) controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
      controller.close();
    },
  } as never);
}

const plain = (): ReadableStream => new ReadableStream();

function locked(): ReadableStream {
  const stream = plain();
  stream.getReader();
  return stream;
}

export default script({
  id: "globals-streams",
  compatibilityDate: "2026-11-01",
  async run({ chain, call, note }) {
    const byob = { mode: "byob" };
    const withBuffer = (label: string, body: unknown, ...link: [string, ...unknown[]]) =>
      chain(`reader.${label}`, Response, ["new", body], ["body"], ["getReader", byob], link);
    await withBuffer("read", "abcdef", "read", bytes(0, 0));
    await withBuffer("read of more than there is", "ab", "read", new Uint8Array(20));
    await withBuffer("read of nothing", "ab", "read", bytes());
    await withBuffer("read without a view", "ab", "read");
    await withBuffer("read of text", "ab", "read", "x");
    await withBuffer("read of a wide view", "abcd", "read", new Uint16Array(1));
    await withBuffer("read of a DataView", "abcd", "read", new DataView(new ArrayBuffer(3)));
    for (const min of [2, 5, 0]) {
      await withBuffer("read with min", "abcdef", "read", new Uint8Array(4), { min });
    }
    for (const minimum of [3, "2", 0, -1]) {
      await withBuffer("readAtLeast", "abcdef", "readAtLeast", minimum, new Uint8Array(4));
    }
    await withBuffer("readAtLeast without a view", "abc", "readAtLeast", 1);
    await withBuffer("readAtLeast of nothing", "abc", "readAtLeast", 1, bytes());
    await withBuffer("readAtLeast of a wide view", "abcd", "readAtLeast", 1, new Uint16Array(4));
    await withBuffer("cancel", "abc", "cancel", "why");
    await withBuffer("readAtLeast at the end", "", "readAtLeast", 1, new Uint8Array(4));

    const reader = new Response(byteStream(bytes(1), bytes(2), bytes(3))).body?.getReader(
      byob as never,
    ) as unknown as ReadableStreamBYOBReader & {
      readAtLeast: (n: number, view: Uint8Array) => unknown;
    };
    await note("readAtLeast of chunks", await reader.readAtLeast(2, new Uint8Array(8)));
    await note("readAtLeast after the end", await reader.readAtLeast(5, new Uint8Array(8)));
    const large = new Response("x".repeat(10_000)).body;
    const sizes: number[] = [];
    for await (const chunk of large ?? []) sizes.push(chunk.length);
    await note("the chunks of a large body", sizes);
    const two = new Response("abcd").body?.getReader();
    await note(
      "two reads at once",
      await Promise.allSettled([two?.read(), two?.read()]).then((all) => all.map(String)),
    );

    const kinds = (view: ArrayBufferView, minimum: number) =>
      chain(
        "ReadableStream of bytes",
        byteStream(bytes(1, 2, 3, 4)),
        ["getReader", byob],
        ["read", view, { min: minimum }],
      );
    await kinds(new Uint16Array(2), 1);
    await kinds(new DataView(new ArrayBuffer(2)), 1);
    await chain(
      "ReadableStream of bytes",
      byteStream(),
      ["getReader", byob],
      ["read", bytes(1, 2)],
    );
    await chain(
      "ReadableStream of bytes",
      byteStream(bytes(1)),
      ["getReader", byob],
      ["read", bytes()],
    );

    const asked: unknown[] = [];
    const source = new ReadableStream({
      type: "bytes",
      pull({ byobRequest }: { byobRequest: ReadableStreamBYOBRequest & { atLeast: number } }) {
        asked.push(byobRequest.atLeast, byobRequest.view?.byteLength);
        new Uint8Array(byobRequest.view?.buffer as ArrayBuffer).set([1, 2, 3]);
        byobRequest.respond(3);
      },
    } as never);
    await chain(
      "ReadableStream that is asked",
      source,
      ["getReader", byob],
      ["readAtLeast", 3, new Uint8Array(8)],
    );
    await note("what the source was asked for", asked);
    let left = 2;
    const answering = new ReadableStream({
      type: "bytes",
      pull(controller: ReadableByteStreamController) {
        const { byobRequest } = controller;
        if (left-- > 0) {
          new Uint8Array(byobRequest?.view?.buffer as ArrayBuffer)[0] = 65;
          byobRequest?.respond(1);
          return;
        }
        controller.close();
        byobRequest?.respond(0);
      },
    } as never);
    await note("a source that only answers requests", await new Response(answering).text());

    await chain("ReadableStream.getReader byob", plain(), ["getReader", byob]);
    for (const mode of ["zz", undefined, null, 5]) {
      await chain("ReadableStream.getReader", plain(), ["getReader", { mode }], ["releaseLock"]);
    }
    await call("ReadableStream.getReader of a locked one", locked(), []);
    await chain("ReadableStream.getReader of a locked one", locked(), ["getReader", {}]);
    await chain("ReadableStream.cancel of a locked one", locked(), ["cancel", "x"]);
    await chain("ReadableStream.pipeTo of a locked one", locked(), [
      "pipeTo",
      new WritableStream(),
    ]);
    await chain("ReadableStream.pipeThrough of a locked one", locked(), [
      "pipeThrough",
      new TransformStream(),
    ]);
    await chain("ReadableStream.values of a locked one", locked(), ["values", {}]);
    await chain("ReadableStream.tee of a locked one", locked(), ["tee"]);
    const released = plain().getReader();
    released.releaseLock();
    await chain("reader.read after release", released, ["read"]);
    await chain("reader.closed after release", released, ["closed"]);
    await chain("reader.cancel after release", released, ["cancel", "x"]);
    await chain("Response tee", Response, ["new", "ab"], ["body"], ["tee"], ["length"]);

    const writable = new WritableStream();
    const writer = writable.getWriter();
    await chain("WritableStream.getWriter of a locked one", writable, ["getWriter"]);
    await chain("WritableStream.abort of a locked one", writable, ["abort", "x"]);
    await chain("WritableStream.close of a locked one", writable, ["close"]);
    await writer.close();
    await chain("writer.write after close", writer, ["write", "x"]);
    await chain("writer.close after close", writer, ["close"]);
    writer.releaseLock();
    await chain("writer.write after release", writer, ["write", "y", 1]);
    await chain("writer.closed after release", writer, ["closed"]);
  },
});
