// IdentityTransformStream and FixedLengthStream: what may be written, when a write ends, and lengths.

import { script } from "../../script.ts";

declare class IdentityTransformStream extends TransformStream {
  constructor(strategy?: unknown);
}
declare class FixedLengthStream extends IdentityTransformStream {
  constructor(length: number | bigint, strategy?: unknown);
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

async function all(readable: ReadableStream): Promise<unknown[]> {
  const chunks: unknown[] = [];
  for await (const chunk of readable) chunks.push(chunk);
  return chunks;
}

/** How a promise ended, after everything else had the chance to run. */
async function ending(promise: Promise<unknown> | undefined): Promise<unknown> {
  const waiting = new Promise((resolve) => setTimeout(resolve, 10, "pending"));
  return Promise.race([promise, waiting]).catch((error: unknown) => error);
}

export default script({
  id: "globals-transform-streams",
  compatibilityDate: "2026-11-01",
  async run({ chain, call, note }) {
    const write = (label: string, chunk: unknown) =>
      chain(
        `writer.write ${label}`,
        IdentityTransformStream,
        ["new"],
        ["writable"],
        ["getWriter"],
        ["write", chunk],
      );
    for (const chunk of [5, null, {}, undefined, "", bytes()]) await write("of a value", chunk);
    await call("new IdentityTransformStream", IdentityTransformStream, [{ transform: () => 1 }]);

    const passed = async (...chunks: unknown[]): Promise<unknown> => {
      const { readable, writable } = new IdentityTransformStream();
      const writer = writable.getWriter();
      for (const chunk of chunks) void writer.write(chunk);
      void writer.close();
      return all(readable);
    };
    await note(
      "text and buffers",
      await passed(
        "hé",
        new ArrayBuffer(2),
        new Uint16Array([1]),
        new DataView(bytes(1, 2, 3).buffer, 1),
      ),
    );
    await note("empty chunks", await passed(bytes(), "", bytes(7)));

    const slow = new IdentityTransformStream();
    const writer = slow.writable.getWriter();
    const written = writer.write(bytes(1, 2, 3));
    await note("a write without a reader", await ending(written));
    const reader = slow.readable.getReader({
      mode: "byob",
    } as never) as unknown as ReadableStreamBYOBReader;
    await note("a part of it", await reader.read(new Uint8Array(2)));
    await note("the write that was read in part", await ending(written));
    await note("the rest of it", await reader.read(new Uint8Array(2)));
    await note("the write that was read", (await ending(written)) === undefined);
    await note("close without a reader", (await ending(writer.close())) === undefined);
    await note("after the close", await reader.read(new Uint8Array(2)));
    await chain("writer.write after close", writer, ["write", bytes(1)]);

    for (const strategy of [undefined, { highWaterMark: 10 }]) {
      const { writable } = new IdentityTransformStream(strategy);
      const measured = writable.getWriter();
      const before = measured.desiredSize;
      void measured.write(bytes(1, 2)).catch(() => undefined);
      await note("desiredSize", [before, measured.desiredSize]);
    }
    const copied = new IdentityTransformStream();
    const buffer = bytes(1, 2);
    void copied.writable.getWriter().write(buffer);
    buffer[0] = 9;
    await note("a buffer that is changed after write()", await copied.readable.getReader().read());

    const aborted = new IdentityTransformStream();
    const abortedRead = aborted.readable.getReader().read();
    await aborted.writable.getWriter().abort(new Error("ab"));
    await note("a read that was aborted", await ending(abortedRead));
    for (const reason of [new Error("cc"), undefined]) {
      const cancelled = new IdentityTransformStream();
      const target = cancelled.writable.getWriter();
      const pending = ending(target.write(bytes(1)));
      await cancelled.readable.cancel(reason);
      await note("a write that was cancelled", await pending);
      await note("a write after it", await ending(target.write(bytes(2))));
    }
    const twice = new IdentityTransformStream().readable.getReader();
    void twice.read();
    await note("a second read", await ending(twice.read()));
    const { readable, writable } = new IdentityTransformStream();
    void new Response("hello").body?.pipeTo(writable);
    await note("a pipe", await new Response(readable).text());
    const through = new Response("hello").body?.pipeThrough(new IdentityTransformStream());
    await note("a body through it", await new Response(through).text());

    for (const length of [
      3,
      "5",
      1.5,
      null,
      5n,
      -1,
      NaN,
      Infinity,
      "abc",
      2 ** 53,
      2n ** 60n,
      -1n,
    ]) {
      await call("new FixedLengthStream", FixedLengthStream, [length]);
    }
    await call("new FixedLengthStream", FixedLengthStream, []);
    await chain(
      "FixedLengthStream desiredSize",
      FixedLengthStream,
      ["new", 5, { highWaterMark: 3 }],
      ["writable"],
      ["getWriter"],
      ["desiredSize"],
    );
    const fixed = async (length: number, ...chunks: Uint8Array[]): Promise<unknown> => {
      const stream = new FixedLengthStream(length);
      const target = stream.writable.getWriter();
      const read = all(stream.readable);
      const writes = chunks.map(async (chunk) => ending(target.write(chunk)));
      const closed = ending(target.close());
      return [await ending(read), ...(await Promise.all(writes)).map(String), String(await closed)];
    };
    await note("exactly as many bytes", await fixed(3, bytes(1, 2), bytes(3)));
    await note("too few bytes", await fixed(3, bytes(1, 2)));
    await note("no bytes of none", await fixed(0));
    const over = new FixedLengthStream(2);
    const overWritten = ending(over.writable.getWriter().write(bytes(1, 2, 3)));
    await note("too many bytes", [
      await ending(over.readable.getReader().read()),
      String(await overWritten),
    ]);
    const response = new Response(new FixedLengthStream(0).readable);
    await note("content-length of a response", response.headers.get("content-length"));
    await note("classes", [
      new FixedLengthStream(1) instanceof IdentityTransformStream,
      new IdentityTransformStream() instanceof TransformStream,
      String(new FixedLengthStream(1)),
    ]);
  },
});
