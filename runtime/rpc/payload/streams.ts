// Streams over RPC: the original is locked at the time of the call, and the receiver gets a stream of its own that moves
// the bytes, copied, when it is read or written.

import { context } from "../../context.ts";
import type { Reference } from "./reference.ts";
import { HostTag } from "./tags.ts";

/** Takes over a readable stream; throws workerd's TypeError when it is locked. */
export function carryReadable(stream: ReadableStream): Reference {
  if (stream.locked) throw new TypeError("The ReadableStream has been locked to a reader.");
  const reader = stream.getReader();
  const here = inContext();
  return {
    tag: HostTag.readableStream,
    open: () =>
      new ReadableStream({
        type: "bytes",
        async pull(controller) {
          const chunk = await here(() => nextBytes(reader));
          if (chunk !== null) return controller.enqueue(chunk);
          controller.close();
          controller.byobRequest?.respond(0);
        },
        cancel: (reason) => here(() => reader.cancel(reason)),
      }),
    drop: () => void reader.cancel().catch(() => undefined),
  };
}

/** Takes over a writable stream; throws workerd's TypeError when it is locked. */
export function carryWritable(stream: WritableStream): Reference {
  if (stream.locked) throw new TypeError("The WritableStream has been locked to a writer.");
  const writer = stream.getWriter();
  const here = inContext();
  return {
    tag: HostTag.writableStream,
    open: () =>
      new WritableStream({
        write: (chunk: unknown) => here(() => writer.write(bytesOf(chunk) ?? chunk)),
        close: () => here(() => writer.close()),
        abort: (reason) => here(() => writer.abort(reason)),
      }),
    drop: () => void writer.abort().catch(() => undefined),
  };
}

// The worker's code behind a stream runs where the stream comes from, whoever reads it.
function inContext(): <T>(body: () => T) => T {
  return context.isActive ? context.snapshot() : (body) => body();
}

// The next chunk that is not empty; null at the end. Whatever goes wrong at the other side looks the same from here.
async function nextBytes(
  reader: Pick<ReadableStreamDefaultReader<unknown>, "read">,
): Promise<Uint8Array<ArrayBuffer> | null> {
  for (;;) {
    const { done, value } = await reader.read().catch(disconnected);
    if (done) return null;
    const bytes = bytesOf(value);
    if (bytes === null) return disconnected();
    if (bytes.length > 0) return bytes;
  }
}

function bytesOf(chunk: unknown): Uint8Array<ArrayBuffer> | null {
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk.slice(0));
  if (!ArrayBuffer.isView(chunk)) return null;
  const copy = new Uint8Array(chunk.byteLength);
  copy.set(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  return copy;
}

function disconnected(): never {
  throw new Error("ReadableStream received over RPC disconnected prematurely.");
}
