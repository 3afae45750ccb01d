// Stored values in the forms that `get` can give them.

import { decode, encode } from "../../platform/bytes.ts";
import { streamOf } from "../../platform/streams.ts";
import { unknownType } from "./errors.ts";
import type { Value } from "./storage.ts";

/** The value as `type` says. Throws a SyntaxError for a value that is no JSON, a TypeError for an unknown type. */
export function readValue(value: Value, type: string): unknown {
  switch (type) {
    case "text":
      return textOf(value);
    case "json":
      return JSON.parse(textOf(value));
    case "arrayBuffer":
      return bufferOf(value);
    case "stream":
      return streamOf(bytesOf(value));
    default:
      throw unknownType();
  }
}

/** A byte order mark stays. */
export function textOf(value: Value): string {
  return typeof value === "string" ? value : decode(value);
}

/** A fresh buffer: what the store gives is read anew each time. */
function bufferOf(value: Value): ArrayBufferLike {
  const bytes = bytesOf(value);
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

function bytesOf(value: Value): Uint8Array {
  return typeof value === "string" ? encode(value) : value;
}
