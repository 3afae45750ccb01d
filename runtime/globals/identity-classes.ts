// IdentityTransformStream and FixedLengthStream: bytes go from the writer to the reader one write at a time, and
// a write ends when all of it was read.
// https://developers.cloudflare.com/workers/runtime-apis/streams/transformstream/

import { slot } from "./slot.ts";

const { defaultChunkBytes, demands, endBytes, feedBytes, toBytes, wrongConstruction } =
  require("./core.ts") as typeof import("./core.ts");
const { copyChunks, markClosed } =
  require("./stream-classes.ts") as typeof import("./stream-classes.ts");

/** The two classes. */
export interface IdentityStreams {
  readonly IdentityTransformStream: new (strategy?: unknown) => TransformStream;
  readonly FixedLengthStream: new (length: unknown, strategy?: unknown) => TransformStream;
}

/** Builds the two classes on top of Bun's TransformStream, for `instanceof`. */
export function buildIdentityStreams(Native: typeof TransformStream): IdentityStreams {
  const pipes = slot<Pipe>();
  const pipeOf = (object: object): Pipe | undefined => pipes.get(object);

  class IdentityTransformStream extends Native {
    constructor(strategy?: unknown) {
      super();
      pipes.set(this, new Pipe(highWaterMark(strategy)));
    }

    override get readable(): ReadableStream {
      return pipeOf(this)?.readable ?? super.readable;
    }

    override get writable(): WritableStream {
      return pipeOf(this)?.writable ?? super.writable;
    }

    get [Symbol.toStringTag](): string {
      return "IdentityTransformStream";
    }
  }

  class FixedLengthStream extends IdentityTransformStream {
    constructor(length?: unknown, strategy?: unknown) {
      if (arguments.length === 0) throw wrongConstruction("FixedLengthStream", 1, "bigint");
      const bytes = readLength(length);
      super(strategy);
      pipeOf(this)?.expect(bytes);
    }

    override get [Symbol.toStringTag](): string {
      return "FixedLengthStream";
    }
  }
  for (const Class of [IdentityTransformStream, FixedLengthStream]) {
    Object.defineProperty(Class, "length", { value: 0, configurable: true });
  }
  return { IdentityTransformStream, FixedLengthStream };
}

function highWaterMark(strategy: unknown): number | null {
  if (strategy === undefined || strategy === null) return null;
  const { highWaterMark: mark } = strategy as { highWaterMark?: unknown };
  return mark === undefined ? null : Number(mark);
}

// https://webidl.spec.whatwg.org/#js-bigint, with workerd's words
function readLength(length: unknown): number {
  if (typeof length === "bigint") {
    if (length < 0n || length >= 2n ** 64n) {
      throw new TypeError(
        "The value cannot be converted because it is either negative and this API expects a positive " +
          "bigint, or the value would be truncated.",
      );
    }
    return withinLimit(Number(length));
  }
  const number = Number(length);
  if (!Number.isFinite(number)) {
    throw new TypeError("The value cannot be converted because it is not an integer.");
  }
  if (number < 0) {
    throw new TypeError(
      "The value cannot be converted because it is negative and this API expects a positive bigint.",
    );
  }
  return withinLimit(Math.trunc(number));
}

function withinLimit(bytes: number): number {
  if (bytes < 2 ** 53) return bytes;
  throw new TypeError("FixedLengthStream requires an integer expected length less than 2^53.");
}

/** One write that waits for its reader. */
interface Write {
  rest: Uint8Array;
  readonly done: () => void;
  readonly fail: (reason: unknown) => void;
}

class Pipe {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream;
  #controller!: ReadableByteStreamController;
  #write: Write | null = null;
  #waiting: (() => void) | null = null;
  #cancelled: { reason: unknown } | null = null;
  #remaining: number | null = null;

  constructor(mark: number | null) {
    const source = {
      type: "bytes",
      autoAllocateChunkSize: defaultChunkBytes,
      start: (controller: ReadableByteStreamController) => {
        this.#controller = controller;
      },
      pull: () => this.#pull(),
      cancel: (reason: unknown) => this.#cancel(reason),
    };
    this.readable = new ReadableStream(source as never, { highWaterMark: 0 });
    demands.set(this.readable, { atLeast: 1, raw: true, reading: false });
    this.writable = new WritableStream(
      {
        write: (chunk: unknown) => this.#accept(chunk),
        close: () => this.#close(),
        abort: (reason: unknown) => this.#fail(reason),
      },
      mark === null
        ? { highWaterMark: 1, size: () => 0 }
        : { highWaterMark: mark, size: (chunk: unknown) => byteLength(chunk) },
    );
    copyChunks(this.writable, copyOf);
  }

  /** Lets through exactly that many bytes. */
  expect(bytes: number): void {
    this.#remaining = bytes;
  }

  #pull(): Promise<void> | undefined {
    if (this.#write !== null) {
      this.#feed(this.#write);
      return undefined;
    }
    // The stream asks again only after this promise settles.
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  #feed(write: Write): void {
    write.rest = feedBytes(this.#controller, write.rest);
    if (write.rest.byteLength > 0) return;
    this.#write = null;
    write.done();
  }

  #accept(chunk: unknown): Promise<void> | undefined {
    if (this.#cancelled !== null) {
      markClosed(this.writable);
      throw this.#cancelled.reason;
    }
    const bytes = chunkBytes(chunk);
    if (bytes.byteLength === 0) return undefined;
    if (this.#remaining !== null) {
      if (bytes.byteLength > this.#remaining) {
        this.#fail(new TypeError("Attempt to write too many bytes through a FixedLengthStream."));
        return undefined;
      }
      this.#remaining -= bytes.byteLength;
    }
    return new Promise((done, fail) => {
      this.#write = { rest: bytes, done, fail };
      if (this.#waiting === null) return;
      this.#feed(this.#write);
      this.#wake();
    });
  }

  #close(): void {
    if (this.#remaining !== null && this.#remaining > 0) {
      return this.#fail(
        new TypeError("FixedLengthStream did not see all expected bytes before close()."),
      );
    }
    endBytes(this.#controller);
    this.#wake();
  }

  #fail(reason: unknown): void {
    this.#controller.error(reason instanceof Error ? reason : new Error(String(reason)));
    this.#wake();
  }

  // The first write after it fails with the reason, the ones that follow find the stream closed.
  #cancel(given: unknown): void {
    const reason = given ?? new Error("Stream was cancelled.");
    this.#cancelled = { reason };
    if (this.#write === null) return;
    markClosed(this.writable);
    this.#write.fail(reason);
    this.#write = null;
  }

  #wake(): void {
    const wake = this.#waiting;
    this.#waiting = null;
    wake?.();
  }
}

// The writer may reuse its memory as soon as write() returns.
function copyOf(chunk: unknown): unknown {
  return toBytes(chunk)?.slice() ?? chunk;
}

function chunkBytes(chunk: unknown): Uint8Array {
  if (chunk === undefined) return new Uint8Array();
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  const bytes = toBytes(chunk);
  if (bytes !== null) return bytes;
  throw new TypeError(
    "This TransformStream is being used as a byte stream, but received an object of " +
      "non-ArrayBuffer/ArrayBufferView type on its writable side.",
  );
}

function byteLength(chunk: unknown): number {
  if (typeof chunk === "string") return Buffer.byteLength(chunk);
  return toBytes(chunk)?.byteLength ?? 0;
}
