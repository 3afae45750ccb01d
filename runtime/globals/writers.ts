// WritableStream and its writer with workerd's messages for locked, closed and released streams.
// https://developers.cloudflare.com/workers/runtime-apis/streams/writablestream/

import { illegalInvocation } from "../platform/arguments.ts";
import { replace, replaceMethods, UndoStack } from "./install.ts";
import { slot } from "./slot.ts";
import type { Undo } from "../undo.ts";
import type { Scope } from "./types.ts";

const closing = slot<true>();
const owners = slot<WritableStream>();
const released = slot<true>();
const copies = slot<(chunk: unknown) => unknown>();

/** From now on writing to the stream fails as on a closed one. */
export function markClosed(stream: WritableStream): void {
  closing.set(stream, true);
}

/** From now on what is written to the stream is copied by the function at once. */
export function copyChunks(stream: WritableStream, copy: (chunk: unknown) => unknown): void {
  copies.set(stream, copy);
}

const lockedError = () => new TypeError("This WritableStream is currently locked to a writer.");
const closedError = () => new TypeError("This WritableStream has been closed.");
const releasedError = () => new TypeError("This WritableStream writer has been released.");

/** Changes the prototypes of Bun's WritableStream and its writer. */
export function patchWriters(target: Scope): Undo {
  const undos = new UndoStack();
  const { WritableStream, WritableStreamDefaultWriter } = target;
  undos.add(replaceMethods(WritableStream.prototype, streamMethods(WritableStream)));
  const { prototype } = WritableStreamDefaultWriter;
  undos.add(replaceMethods(prototype, writerMethods(prototype)));
  const closed = Object.getOwnPropertyDescriptor(prototype, "closed");
  undos.add(
    replace(prototype, "closed", {
      ...closed,
      get(this: WritableStreamDefaultWriter) {
        const owner = owners.get(this);
        if (released.has(this)) {
          // What was closed before stays closed.
          if (owner !== undefined && closing.has(owner)) return Promise.resolve();
          return Promise.reject(releasedError());
        }
        return Reflect.apply(closed?.get as () => unknown, this, []);
      },
    }),
  );
  return () => undos.undo();
}

function streamMethods(Native: typeof WritableStream): Record<string, unknown> {
  const { abort, close, getWriter } = Native.prototype;
  function problem(stream: unknown): TypeError | null {
    if (!(stream instanceof Native)) return illegalInvocation();
    return stream.locked ? lockedError() : null;
  }
  return {
    getWriter(this: WritableStream) {
      const error = problem(this);
      if (error !== null) throw error;
      const writer = getWriter.call(this);
      owners.set(writer, this);
      return writer;
    },
    abort(this: WritableStream, reason?: unknown) {
      const error = problem(this);
      return error === null ? abort.call(this, reason) : Promise.reject(error);
    },
    close(this: WritableStream) {
      const error = problem(this) ?? (closing.has(this) ? closedError() : null);
      if (error !== null) return Promise.reject(error);
      closing.set(this, true);
      return close.call(this);
    },
  };
}

function writerMethods(prototype: WritableStreamDefaultWriter): Record<string, unknown> {
  const { abort, close, releaseLock, write } = prototype;
  function problem(writer: WritableStreamDefaultWriter): TypeError | null {
    if (released.has(writer)) return releasedError();
    const owner = owners.get(writer);
    return owner !== undefined && closing.has(owner) ? closedError() : null;
  }
  return {
    write(this: WritableStreamDefaultWriter, chunk?: unknown) {
      const error = problem(this);
      if (error !== null) return Promise.reject(error);
      const owner = owners.get(this);
      const copy = owner === undefined ? undefined : copies.get(owner);
      return write.call(this, copy === undefined ? chunk : copy(chunk));
    },
    close(this: WritableStreamDefaultWriter) {
      const error = problem(this);
      if (error !== null) return Promise.reject(error);
      const owner = owners.get(this);
      if (owner !== undefined) closing.set(owner, true);
      return close.call(this);
    },
    abort(this: WritableStreamDefaultWriter, reason?: unknown) {
      return released.has(this) ? Promise.reject(releasedError()) : abort.call(this, reason);
    },
    releaseLock(this: WritableStreamDefaultWriter) {
      releaseLock.call(this);
      released.set(this, true);
    },
  };
}
