// What a value given as body becomes: the native body, and its content type.
// https://developers.cloudflare.com/workers/runtime-apis/response/#parameters

import { blobType } from "./blob-type.ts";
import { slot } from "./slot.ts";
import { toText } from "../platform/arguments.ts";

/** A body ready for the native constructor. */
export interface BodySource {
  readonly native: Bun.BodyInit | null;
  /** The stream that `body` returns, when one was given. */
  readonly stream: ReadableStream | null;
  /** The content type that the body brings; null when it brings none. */
  readonly type: string | null;
  /** Whether the body is known to have no bytes; such a body is allowed with status 204. */
  readonly empty: boolean;
}

/** The type of a body that is text. */
export const textType = "text/plain;charset=UTF-8";

const nothing: BodySource = { native: null, stream: null, type: null, empty: true };

/** Reads what was given as a body; throws for streams that cannot be one. */
export function bodySource(body: unknown): BodySource {
  if (body === undefined || body === null) return nothing;
  if (typeof body === "object") {
    const known = knownObject(body);
    if (known !== null) return known;
  }
  const text = toText(body);
  return { native: text, stream: null, type: textType, empty: text === "" };
}

function knownObject(body: object): BodySource | null {
  if (body instanceof ReadableStream) return streamSource(body);
  if (ArrayBuffer.isView(body) || body instanceof ArrayBuffer) {
    // The casts name what the checks have found out.
    return { native: body as Bun.BodyInit, stream: null, type: null, empty: body.byteLength === 0 };
  }
  if (body instanceof Blob) {
    const type = blobType(body) || null;
    // Bun would spell the type in its own way; this one has none.
    const native = type === null ? body : new Blob([body]);
    return { native, stream: null, type, empty: body.size === 0 };
  }
  if (body instanceof URLSearchParams) {
    const text = body.toString();
    const type = "application/x-www-form-urlencoded;charset=UTF-8";
    return { native: text, stream: null, type, empty: text === "" };
  }
  if (body instanceof FormData) {
    const { writeMultipart } = require("./blobs.ts") as typeof import("./blobs.ts");
    const { body: native, type } = writeMultipart(body);
    return { native, stream: null, type, empty: false };
  }
  if (body instanceof String) return null;
  return iterableSource(body);
}

const disturbed = Symbol.for("nodejs.stream.disturbed");

// Streams of bodies that were consumed natively, past the stream.
const consumed = slot<true>();

/** Shows a stream as one that was read: the body behind it is gone. */
export function consume(stream: ReadableStream): void {
  stream.getReader();
  consumed.set(stream, true);
}

/** Whether anything was ever read from a stream or it was cancelled. */
export function isDisturbed(stream: ReadableStream): boolean {
  return Reflect.get(stream, disturbed) === true || consumed.has(stream);
}

function streamSource(stream: ReadableStream): BodySource {
  if (isDisturbed(stream)) {
    throw new TypeError(
      "This ReadableStream is disturbed (has already been read from), and cannot be used as a body.",
    );
  }
  if (stream.locked) {
    throw new TypeError("This ReadableStream is locked to a reader, and cannot be used as a body.");
  }
  return { native: stream, stream, type: null, empty: false };
}

// Bun's types do not know it yet.
const streamFrom = (body: object): ReadableStream =>
  (ReadableStream as unknown as { from(body: object): ReadableStream }).from(body);

function iterableSource(body: object): BodySource | null {
  const { [Symbol.asyncIterator]: later, [Symbol.iterator]: now } = body as {
    [Symbol.asyncIterator]?: unknown;
    [Symbol.iterator]?: unknown;
  };
  if (typeof later !== "function" && typeof now !== "function") return null;
  const stream = streamFrom(body);
  return { native: stream, stream, type: null, empty: false };
}
