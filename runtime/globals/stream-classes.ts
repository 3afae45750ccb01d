// ReadableStream and its readers as workerd has them: its messages, `readAtLeast`, `min` that ends with what is
// left, and byte sources that are asked through `byobRequest`.
// https://developers.cloudflare.com/workers/runtime-apis/streams/readablestreambyobreader/

import type { Demand } from "./demand.ts";
import { illegalInvocation, wrongParameter } from "../platform/arguments.ts";
import type { Kits } from "./kits.ts";
import { replace, replaceMethods, UndoStack } from "./install.ts";
import { slot } from "./slot.ts";
import type { Undo } from "../undo.ts";
import type { Scope } from "./types.ts";
import { patchWriters } from "./writers.ts";

export { copyChunks, markClosed } from "./writers.ts";

const { byteBody, defaultChunkBytes, demands } = require("./core.ts") as typeof import("./core.ts");

const lockedMessage = "This ReadableStream is currently locked to a reader.";
const lockedForTee = "This ReadableStream is currently locked to a reader,";
const releasedMessage = "This ReadableStream reader has been released.";

type Reader = ReadableStreamDefaultReader | ReadableStreamBYOBReader;
type View = ArrayBufferView<ArrayBuffer>;
type ByobResult = { done: boolean; value: ArrayBufferView | undefined };

/** The patched class, and how to take the changes of Bun's prototypes back. */
export interface PatchedStreams {
  /** What the constructor does. */
  construct(args: unknown[], target: Function): object;
  readonly byteBody: typeof byteBody;
  readonly undo: Undo;
}

/** Changes the prototypes of Bun's streams. */
export function buildStreams(target: Scope, kits: Kits): PatchedStreams {
  const Native = kits.natives.ReadableStream;
  const undos = new UndoStack();
  const Patched = kits.readableStream();
  undos.add(replaceMethods(Native.prototype, { constructor: Patched }));
  undos.add(replaceMethods(Native.prototype, streamMethods(Native)));
  const { ReadableStreamBYOBReader, ReadableStreamDefaultReader } = target;
  undos.add(patchReader(ReadableStreamDefaultReader.prototype));
  undos.add(patchReader(ReadableStreamBYOBReader.prototype));
  undos.add(
    replaceMethods(ReadableStreamBYOBReader.prototype, byobMethods(ReadableStreamBYOBReader)),
  );
  undos.add(patchByobRequests(target));
  undos.add(patchWriters(target));
  return {
    construct: (args, target) => construct(Native, args, target),
    byteBody,
    undo: () => undos.undo(),
  };
}

interface ByteSource {
  type?: unknown;
  start?: unknown;
  pull?: unknown;
  cancel?: unknown;
  autoAllocateChunkSize?: unknown;
}

function construct(Native: typeof ReadableStream, args: unknown[], target: Function): object {
  const [source, strategy] = args;
  const { type } = (source ?? {}) as ByteSource;
  if (type !== "bytes") return Reflect.construct(Native, args, target);
  const demand: Demand = { atLeast: 1, raw: false, reading: false };
  const made = byteSource(source as ByteSource, demand);
  const stream = Reflect.construct(Native, [made, strategy], target) as object;
  demands.set(stream, demand);
  return stream;
}

// The same source, called on itself; workerd gives byte sources a request for every read.
function byteSource(source: ByteSource, demand: Demand): unknown {
  const callback = (method: unknown) =>
    typeof method !== "function"
      ? method
      : (controller: unknown) => {
          if (Object(controller) === controller) demands.set(controller as object, demand);
          return Reflect.apply(method, source, [controller]);
        };
  const { start, pull, cancel, autoAllocateChunkSize = defaultChunkBytes } = source;
  const made: ByteSource = { type: "bytes", autoAllocateChunkSize };
  if (start !== undefined) made.start = callback(start);
  if (pull !== undefined) made.pull = callback(pull);
  if (cancel !== undefined) {
    made.cancel =
      typeof cancel === "function"
        ? (reason: unknown) => Reflect.apply(cancel, source, [reason])
        : cancel;
  }
  return made;
}

function patchByobRequests(target: Scope): Undo {
  const undos = new UndoStack();
  const { prototype } = target.ReadableByteStreamController;
  const native = Object.getOwnPropertyDescriptor(prototype, "byobRequest");
  undos.add(
    replace(prototype, "byobRequest", {
      ...native,
      get(this: ReadableByteStreamController): ReadableStreamBYOBRequest | null {
        const request = Reflect.apply(
          native?.get as () => never,
          this,
          [],
        ) as ReadableStreamBYOBRequest | null;
        const demand = demands.get(this);
        if (request !== null && demand !== undefined) demands.set(request, demand);
        return request;
      },
    }),
  );
  undos.add(
    replace(target.ReadableStreamBYOBRequest.prototype, "atLeast", {
      get(this: ReadableStreamBYOBRequest): number | null {
        return this.view === null ? null : (demands.get(this)?.atLeast ?? 1);
      },
      enumerable: true,
    }),
  );
  return () => undos.undo();
}

function streamMethods(Native: typeof ReadableStream): Record<PropertyKey, unknown> {
  const { cancel, getReader, pipeThrough, pipeTo, tee } = Native.prototype;
  const values = Reflect.get(Native.prototype, "values") as (options?: unknown) => unknown;
  const iterate = Native.prototype[Symbol.asyncIterator];

  function refuse(stream: unknown, message = lockedMessage): void {
    if (!(stream instanceof Native)) throw illegalInvocation();
    if (stream.locked) throw new TypeError(message);
  }
  // The methods that answer with a promise also refuse with one.
  function later<A extends unknown[]>(native: (...args: A) => Promise<void>) {
    return function (this: ReadableStream, ...args: A): Promise<void> {
      try {
        refuse(this);
      } catch (error) {
        return Promise.reject(error);
      }
      return Reflect.apply(native, this, args) as Promise<void>;
    };
  }

  return {
    getReader(this: ReadableStream, options?: { mode?: unknown } | null): Reader {
      refuse(this);
      const mode = options?.mode;
      const demand = demands.get(this);
      if (mode === undefined) {
        const reader = getReader.call(this) as Reader;
        if (demand?.raw === true) demands.set(reader, demand);
        return reader;
      }
      if (mode !== "byob") {
        throw new TypeError("mode must be undefined or 'byob' in call to getReader().");
      }
      const reader = byobReader(() => Reflect.apply(getReader, this, [{ mode }]) as Reader);
      if (demand !== undefined) demands.set(reader, demand);
      return reader;
    },
    tee(this: ReadableStream) {
      refuse(this, lockedForTee);
      return tee.call(this);
    },
    pipeThrough(this: ReadableStream, ...args: Parameters<typeof pipeThrough>) {
      refuse(this);
      return pipeThrough.apply(this, args);
    },
    values(this: ReadableStream, options?: unknown) {
      refuse(this);
      return Reflect.apply(values, this, [options]);
    },
    [Symbol.asyncIterator](this: ReadableStream) {
      refuse(this);
      return iterate.call(this);
    },
    cancel: later(cancel),
    pipeTo: later(pipeTo as (...args: unknown[]) => Promise<void>),
  };
}

function byobReader(open: () => Reader): Reader {
  try {
    return open();
  } catch {
    throw new TypeError("This ReadableStream does not support BYOB reads.");
  }
}

// Readers that were released; the native messages differ.
const released = slot<true>();

function patchReader(prototype: Reader): Undo {
  const { cancel, releaseLock } = prototype;
  const read = Reflect.get(prototype, "read") as (...args: unknown[]) => Promise<unknown>;
  const closed = Object.getOwnPropertyDescriptor(prototype, "closed");
  const refusal = (reader: Reader): Promise<never> | null =>
    released.has(reader) ? Promise.reject(new TypeError(releasedMessage)) : null;
  const undos = [
    replaceMethods(prototype, {
      read(this: Reader, ...args: unknown[]) {
        const demand = demands.get(this);
        if (demand?.raw !== true) return refusal(this) ?? Reflect.apply(read, this, args);
        return refusal(this) ?? alone(demand, () => Reflect.apply(read, this, args));
      },
      cancel(this: Reader, reason?: unknown) {
        return refusal(this) ?? cancel.call(this, reason);
      },
      releaseLock(this: Reader) {
        releaseLock.call(this);
        released.set(this, true);
      },
    }),
    replace(prototype, "closed", {
      ...closed,
      get(this: Reader) {
        return refusal(this) ?? Reflect.apply(closed?.get as () => unknown, this, []);
      },
    }),
  ];
  return () => undos.reverse().forEach((undo) => undo());
}

// A stream of the user's answers with a view of the class that the reader brought.
function ofKind({ done, value }: ByobResult, view: ArrayBufferView): ByobResult {
  const { constructor: Kind, BYTES_PER_ELEMENT: size = 1 } = view as View & {
    constructor: Function;
    BYTES_PER_ELEMENT?: number;
  };
  if (value === undefined || Kind === Uint8Array) return { value, done };
  const length = Math.floor(value.byteLength / size);
  return { value: Reflect.construct(Kind, [value.buffer, value.byteOffset, length]), done };
}

// The platform's own streams answer one read at a time.
function alone<T>(demand: Demand, read: () => Promise<T>): Promise<T> {
  if (demand.reading) {
    return Promise.reject(
      new TypeError("This ReadableStream only supports a single pending read request at a time."),
    );
  }
  demand.reading = true;
  const end = (): void => {
    demand.reading = false;
  };
  const result = read();
  result.then(end, end);
  return result;
}

function byobMethods(Native: typeof ReadableStreamBYOBReader): Record<string, unknown> {
  const read = Reflect.get(Native.prototype, "read") as (view: View) => Promise<ByobResult>;

  async function fill(
    reader: ReadableStreamBYOBReader,
    view: View,
    atLeast: number,
  ): Promise<ByobResult> {
    if (view.byteLength === 0) {
      throw new TypeError(
        'You must call read() on a "byob" reader with a positive-sized TypedArray object.',
      );
    }
    if (atLeast < 0 || atLeast > view.byteLength) {
      const bytes = BigInt.asUintN(64, BigInt(atLeast));
      throw new TypeError(
        `Minimum bytes to read (${bytes}) exceeds size of buffer (${view.byteLength}).`,
      );
    }
    const { byteOffset, byteLength } = view;
    let bytes: View = new Uint8Array(view.buffer, byteOffset, byteLength);
    for (let filled = 0; ;) {
      demand(reader, atLeast - filled);
      const { done, value } = await Reflect.apply(read, reader, [bytes]);
      if (value === undefined) return { value: new Uint8Array(), done };
      const { buffer } = value as View;
      // What is left at the end is a result of its own; only the next read says done.
      if (done && filled === 0) return { value: new Uint8Array(buffer, byteOffset, 0), done };
      filled += value.byteLength;
      if (done || filled >= atLeast) {
        return { value: new Uint8Array(buffer, byteOffset, filled), done: false };
      }
      bytes = new Uint8Array(buffer, byteOffset + filled, byteLength - filled);
    }
  }

  function demand(reader: ReadableStreamBYOBReader, bytes: number): void {
    const record = demands.get(reader);
    if (record !== undefined) record.atLeast = Math.max(bytes, 1);
  }

  function checked(
    reader: ReadableStreamBYOBReader,
    view: unknown,
    minimum: unknown,
    place: { method: string; index: number },
  ): Promise<ByobResult> {
    if (released.has(reader)) return Promise.reject(new TypeError(releasedMessage));
    if (!ArrayBuffer.isView(view)) {
      const { method, index } = place;
      return Promise.reject(
        wrongParameter("ReadableStreamBYOBReader", method, index, "ArrayBufferView"),
      );
    }
    const atLeast = Math.trunc(Number(minimum));
    if (atLeast === 0) {
      return Promise.reject(
        new TypeError("Requested invalid minimum number of bytes to read (0)."),
      );
    }
    return fill(reader, view as View, atLeast).then((result) =>
      demands.get(reader)?.raw === true ? result : ofKind(result, view),
    );
  }

  return {
    read(this: ReadableStreamBYOBReader, view?: unknown, options?: { min?: unknown }) {
      return checked(this, view, options?.min ?? 1, { method: "read", index: 1 });
    },
    readAtLeast(this: ReadableStreamBYOBReader, minimum?: unknown, view?: unknown) {
      if (!(this instanceof Native)) return Promise.reject(illegalInvocation());
      return checked(this, view, minimum, { method: "readAtLeast", index: 2 });
    },
  };
}
