// What becomes of a thrown value on its way to the caller. From compatibility date 2026-04-21 it is a payload; before, and
// where it cannot be serialised, only class and message arrive. Either way it is marked `remote`.

import { isNativeError } from "node:util/types";
import { createError } from "./payload/error-reader.ts";
import { dataProperty, describe } from "./payload/refusal.ts";
import { decode, encode, type EncodeOptions } from "./payload.ts";

/** A thrown value, on its way. */
export interface Failure {
  /** The value itself; null where only its description travels. */
  readonly bytes: Uint8Array | null;
  readonly description: Description;
  /** The Durable Object that it passed through last, which is put on what arrives. */
  readonly durableObjectId?: string;
}

interface Description {
  /** The built-in class it arrives as. */
  readonly name: string;
  readonly message: string;
  readonly overloaded: boolean;
  readonly retryable: boolean;
  /** The stack at the other side: ours to keep (workerd drops it), so that a test shows the line that threw. */
  readonly stack: string | null;
}

// The classes that keep their own name without a payload.
const keptNames = [
  "Error",
  "TypeError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "EvalError",
  "URIError",
  "AggregateError",
  "SuppressedError",
  "CompileError",
  "LinkError",
  "RuntimeError",
];
const wasmNames = ["CompileError", "LinkError", "RuntimeError"];

/** Takes a thrown value apart, at the side that threw it. Never throws. */
export function encodeFailure(thrown: unknown, options: EncodeOptions): Failure {
  return { bytes: encodeThrown(thrown, options), description: describeThrown(thrown) };
}

/** Makes what the caller catches. */
export function decodeFailure(failure: Failure): unknown {
  const error = decodeError(failure);
  const { durableObjectId } = failure;
  return durableObjectId === undefined ? error : Object.assign(error, { durableObjectId });
}

function decodeError({ bytes, description }: Failure): object {
  const error = bytes === null ? null : decodeThrown(bytes);
  if (error !== null) {
    (error as { remote?: boolean }).remote = true;
    return error;
  }
  return described(description);
}

function encodeThrown(thrown: unknown, options: EncodeOptions): Uint8Array | null {
  if (typeof thrown !== "object" || thrown === null) return null;
  if (!options.enhancedErrors && !(thrown instanceof DOMException)) return null;
  try {
    return encode(thrown, options);
  } catch {
    // Whatever it is that cannot be serialised, or what its getters throw: the description goes instead.
    return null;
  }
}

function decodeThrown(bytes: Uint8Array): object | null {
  try {
    const value = decode(bytes);
    return typeof value === "object" ? value : null;
  } catch {
    // An error that is its own cause does not read back: the description stands for it.
    return null;
  }
}

function described({ name, message, overloaded, retryable, stack }: Description): Error {
  const error = createError(wasmNames.includes(name) ? `Wasm${name}` : name, message);
  if (stack !== null) {
    Object.defineProperty(error, "stack", { value: stack, writable: true, configurable: true });
  }
  return Object.assign(
    error,
    { remote: true },
    overloaded ? { overloaded } : retryable ? { retryable } : {},
  );
}

// Reads data properties only: describing an error runs none of its code.
function describeThrown(thrown: unknown): Description {
  if (typeof thrown !== "object" || thrown === null || !isNativeError(thrown)) {
    return {
      name: "Error",
      message: describe(thrown),
      overloaded: false,
      retryable: false,
      stack: null,
    };
  }
  const name = dataProperty(thrown, "name") ?? "Error";
  const message = dataProperty(thrown, "message");
  const text = typeof message === "string" ? message : "";
  const stack = dataProperty(thrown, "stack");
  const kept = typeof name === "string" && (name === "" || keptNames.includes(name));
  return {
    name: kept && name !== "" ? name : "Error",
    message: kept ? text : text === "" ? String(name) : `${String(name)}: ${text}`,
    overloaded: Boolean(dataProperty(thrown, "overloaded")),
    retryable: Boolean(dataProperty(thrown, "retryable")),
    stack: typeof stack === "string" ? stack : null,
  };
}
