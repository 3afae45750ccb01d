// The readers of streams as workerd has them: its messages, `readAtLeast`, and `min` that ends with what is left.
// https://developers.cloudflare.com/workers/runtime-apis/streams/readablestreambyobreader/

import { illegalInvocation, wrongParameter } from "../platform/arguments.ts";
import type { Undo } from "../undo.ts";
import type { Demand } from "./demand.ts";
import { replace, replaceMethods } from "./install.ts";
import { slot } from "./slot.ts";

const { demands } = require("./core.ts") as typeof import("./core.ts");

const releasedMessage = "This ReadableStream reader has been released.";

/** Either kind of reader. */
export type Reader = ReadableStreamDefaultReader | ReadableStreamBYOBReader;
type View = ArrayBufferView<ArrayBuffer>;
type ByobResult = { done: boolean; value: ArrayBufferView | undefined };

// Readers that were released; the native messages differ.
const released = slot<true>();

/** Changes what a released reader says, and lets platform streams answer one read at a time. */
export function patchReader(prototype: Reader): Undo {
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

/** The methods of readers with buffers. */
export function byobMethods(Native: typeof ReadableStreamBYOBReader): Record<string, unknown> {
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
