// Streams that cross into workerd's C++ side, where they are bytes: reading a JavaScript stream to its end, and giving
// stored bytes back as a stream.

import { bytesOf, isBytes } from "./bytes.ts";
import { tunnelled } from "./errors.ts";

/** What one read of a stored value gives at most. */
const CHUNK_BYTES = 4096;

/** Throws workerd's TypeError for a stream that somebody else reads. */
export function checkUnlocked(stream: ReadableStream<unknown>): void {
  if (stream.locked) throw new TypeError("The ReadableStream has been locked to a reader.");
}

/** The chunks of a stream up to a limit, and the size of all of it. */
export interface Drained {
  /** Empty when the size is beyond the limit. */
  readonly chunks: readonly Uint8Array[];
  readonly sizeBytes: number;
}

/**
 * Reads a stream to its end; text counts as UTF-8. The stream stays locked, and beyond `limitBytes` its chunks are
 * counted but not kept. Rejects with what the stream fails with (see `tunnelled`), or for a locked stream
 * or a chunk of another type with workerd's TypeError.
 */
export async function drain(stream: ReadableStream<unknown>, limitBytes: number): Promise<Drained> {
  checkUnlocked(stream);
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(asTunnelled);
    if (done) return { chunks, sizeBytes };
    const chunk = toChunk(value);
    sizeBytes += chunk.byteLength;
    if (sizeBytes <= limitBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
}

function toChunk(value: unknown): Uint8Array {
  if (typeof value === "string") return Buffer.from(value);
  // Copied: the producer may use its buffer again.
  if (isBytes(value)) return bytesOf(value).slice();
  throw new TypeError("Draining read encountered a value that cannot be converted to bytes");
}

function asTunnelled(reason: unknown): never {
  throw tunnelled(reason);
}

/** A byte stream, for BYOB readers too, that gives a copy of `bytes` and ends. */
export function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    type: "bytes",
    start(controller) {
      if (bytes.byteLength === 0) controller.close();
    },
    pull(controller) {
      // Each chunk has a buffer of its own, because enqueueing detaches it.
      controller.enqueue(bytes.slice(at, at + CHUNK_BYTES));
      at += CHUNK_BYTES;
      if (at >= bytes.byteLength) controller.close();
    },
  });
}
