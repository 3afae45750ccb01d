// The global ReadableStream. Reading it costs little, because bindings ask `instanceof ReadableStream` of all they get;
// what changes about streams is loaded when one is made or a body is looked at.
// https://developers.cloudflare.com/workers/runtime-apis/streams/

import type { Kits } from "./kits.ts";

/** The constructor that stands in for Bun's; it shares the prototype, so `instanceof` and `extends` need no help. */
export function streamConstructor(kits: Kits): typeof ReadableStream {
  const Native = kits.natives.ReadableStream;
  const ReadableStream = function (this: unknown, ...args: unknown[]): unknown {
    // Called as a function, the native class says so itself.
    return kits.streams().construct(args, new.target ?? Native);
  } as unknown as typeof globalThis.ReadableStream;
  const shape = { writable: true, enumerable: true, configurable: true };
  Object.defineProperties(ReadableStream, {
    length: { value: 0, configurable: true },
    prototype: { value: Native.prototype, writable: false },
    from: { value: Reflect.get(Native, "from"), ...shape },
  });
  return ReadableStream;
}
