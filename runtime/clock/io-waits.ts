// Counts what worker code waits for in the real world, so that an event that does, and holds a timer as well (a fetch
// with `AbortSignal.timeout`), does not count as parked. Installed when a test file first moves time.

import { context } from "../context.ts";
import type { Undo } from "../undo.ts";

type Method = (this: unknown, ...args: unknown[]) => unknown;

const BODY = ["arrayBuffer", "blob", "bytes", "formData", "json", "text"] as const;

/** Wraps `fetch`, the bodies of its responses, files, and `crypto.subtle`. */
export function trackIo(target: typeof globalThis): Undo {
  const fetched = new WeakSet<object>();
  const undos = [
    wrap(target, "fetch", (method) => fetchTracked(method, fetched)),
    ...BODY.map((name) =>
      wrap(target.Response.prototype, name, (method) =>
        tracked(method, { applies: (body) => fetched.has(body) }),
      ),
    ),
    // Files are Bun's Blobs, whatever the global is; those in memory are read within the turn.
    ...BODY.map((name) =>
      wrap(Object.getPrototypeOf(Bun.file("")), name, (method) => tracked(method)),
    ),
    ...Object.keys(Object.getOwnPropertyDescriptors(target.SubtleCrypto.prototype)).map((name) =>
      wrap(target.SubtleCrypto.prototype, name, (method) => tracked(method)),
    ),
  ];
  return () => undos.forEach((undo) => undo());
}

function fetchTracked(method: Method, fetched: WeakSet<object>): Method {
  return tracked(method, { onValue: (response) => void fetched.add(response as object) });
}

interface Tracking {
  /** Whether a call on this object counts. */
  applies?(self: object): boolean;
  onValue?(value: unknown): void;
}

function tracked(method: Method, { applies, onValue }: Tracking = {}): Method {
  return function (...args) {
    const result = Reflect.apply(method, this, args);
    const event = context.get()?.event;
    if (!event || !(result instanceof Promise) || applies?.(this as object) === false)
      return result;
    event.ioWaits++;
    // The caller gets what follows, so that a rejection nobody handles is still seen.
    return result.then(
      (value: unknown) => {
        event.ioWaits--;
        onValue?.(value);
        return value;
      },
      (error: unknown) => {
        event.ioWaits--;
        throw error;
      },
    );
  };
}

/** Replaces a method that is there; a test's own mock of it stays. */
function wrap(object: object, name: string, make: (method: Method) => Method): Undo {
  const before = Object.getOwnPropertyDescriptor(object, name);
  const method: unknown = before?.value;
  if (before === undefined || typeof method !== "function" || "mock" in method) return () => {};
  if (name === "constructor") return () => {};
  const replacement = make(method as Method);
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(method));
  Object.defineProperty(object, name, { ...before, value: replacement });
  return () => {
    // Whoever replaced it in turn puts ours back, which does nothing outside of events.
    if (Reflect.get(object, name) === replacement) Object.defineProperty(object, name, before);
  };
}
