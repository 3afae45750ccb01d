// ReadableStream as workerd has it: its messages, and byte sources that are asked through `byobRequest`.
// https://developers.cloudflare.com/workers/runtime-apis/streams/readablestream/

import type { Demand } from "./demand.ts";
import { illegalInvocation } from "../platform/arguments.ts";
import type { Kits } from "./kits.ts";
import { byobMethods, patchReader, type Reader } from "./readers.ts";
import { replace, replaceMethods, UndoStack } from "./install.ts";
import type { Undo } from "../undo.ts";
import type { Scope } from "./types.ts";
import { patchWriters } from "./writers.ts";

export { copyChunks, markClosed } from "./writers.ts";

const { byteBody, defaultChunkBytes, demands } = require("./core.ts") as typeof import("./core.ts");

const lockedMessage = "This ReadableStream is currently locked to a reader.";
const lockedForTee = "This ReadableStream is currently locked to a reader,";

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
