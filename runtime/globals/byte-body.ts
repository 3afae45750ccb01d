// The stream behind `response.body` and `blob.stream()`: a byte stream that takes nothing from its source until
// it is read, so that a body that was only looked at can still be consumed (and sent) natively.
// https://developers.cloudflare.com/workers/runtime-apis/streams/readablestream/

import { demands } from "./demand.ts";

/** What workerd reads at once for a reader that brings no buffer. */
export const defaultChunkBytes = 4096;

/** Makes the byte stream over `open()`. */
export function byteBody(
  open: () => ReadableStream<Uint8Array>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const source = new Source(open);
  const underlying = {
    type: "bytes",
    autoAllocateChunkSize: defaultChunkBytes,
    pull: (controller: ReadableByteStreamController) => source.pull(controller),
    cancel: (reason: unknown) => source.cancel(reason),
  };
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(underlying as never, {
    highWaterMark: 0,
  });
  demands.set(stream, { atLeast: 1, raw: true, reading: false });
  return stream;
}

class Source {
  readonly #open: () => ReadableStream<Uint8Array>;
  #reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  #rest: Uint8Array | null = null;

  constructor(open: () => ReadableStream<Uint8Array>) {
    this.#open = open;
  }

  async pull(controller: ReadableByteStreamController): Promise<void> {
    this.#reader ??= this.#open().getReader() as ReadableStreamDefaultReader<Uint8Array>;
    while (this.#rest === null || this.#rest.byteLength === 0) {
      const { done, value } = await this.#reader.read();
      if (done) return endBytes(controller);
      this.#rest = value as Uint8Array;
    }
    this.#rest = feedBytes(controller, this.#rest);
  }

  async cancel(reason: unknown): Promise<void> {
    if (this.#reader === null) await this.#open().cancel(reason);
    else await this.#reader.cancel(reason);
  }
}

/** Gives a reader as many of the bytes as it asked for, and returns the rest. */
export function feedBytes(controller: ReadableByteStreamController, bytes: Uint8Array): Uint8Array {
  const request = controller.byobRequest;
  if (request === null || request.view === null) {
    controller.enqueue(bytes.slice());
    return bytes.subarray(bytes.byteLength);
  }
  const { buffer, byteOffset, byteLength } = request.view;
  const count = Math.min(byteLength, bytes.byteLength);
  new Uint8Array(buffer as ArrayBuffer, byteOffset, count).set(bytes.subarray(0, count));
  request.respond(count);
  return bytes.subarray(count);
}

/** Closes a byte stream, also for a reader that waits with a buffer. */
export function endBytes(controller: ReadableByteStreamController): void {
  controller.close();
  controller.byobRequest?.respond(0);
}
