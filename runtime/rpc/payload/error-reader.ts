// Reads errors, in both forms.

import { type Decoder, define } from "./decoder.ts";
import { dataCloneError } from "./refusal.ts";
import { damaged } from "./reader.ts";
import { errorPrototypes, ErrorTag, nativeErrors } from "./tags.ts";

/** V8's record: class, message, cause, stack. */
export function readErrorRecord(decoder: Decoder): Error {
  const { reader } = decoder;
  let tag = reader.byte();
  const name = errorPrototypes.find((entry) => entry[0] === tag)?.[1];
  if (name !== undefined) tag = reader.byte();
  const fill = decoder.reserve();
  let error: Error | null = null;
  if (tag === ErrorTag.message) {
    error = createError(name ?? "Error", reader.string());
    tag = reader.byte();
  }
  error ??= createError(name ?? "Error");
  fill(error);
  if (tag === ErrorTag.cause) {
    hide(error, "cause", decoder.value());
    tag = reader.byte();
  }
  if (tag === ErrorTag.stack) {
    hide(error, "stack", reader.string());
    tag = reader.byte();
  }
  if (tag !== ErrorTag.end) throw damaged();
  return error;
}

/** workerd's form: class, name, message and every own property. */
export function readNativeError(decoder: Decoder): Error {
  const { reader } = decoder;
  // An error that is its own cause cannot be read back, in workerd neither.
  const fill = decoder.reserve();
  const name = nativeErrors[reader.varint()];
  if (name === undefined) throw damaged();
  const otherName = name === "" ? decoder.value() : undefined;
  const message = decoder.value();
  if (typeof message !== "string") {
    throw dataCloneError("Deserialization failed: error message is not a string");
  }
  const error = createError(name === "" ? "Error" : name, message);
  if (name === "") define(error, "name", otherName);
  const own = decoder.value();
  if (typeof own !== "object" || own === null) throw damaged();
  for (const [key, value] of Object.entries(own)) {
    if (key !== "stack") define(error, key, value);
    else if (decoder.keepStacks) hide(error, key, value);
  }
  fill(error);
  return error;
}

/** Makes an error of a built-in class, as V8 does: with a message of its own, and nothing else. */
export function createError(name: string, message?: string): Error {
  switch (name) {
    case "AggregateError": {
      const error = new AggregateError([], message);
      Reflect.deleteProperty(error, "errors");
      return error;
    }
    case "SuppressedError": {
      const error = new SuppressedError(undefined, undefined, message);
      Reflect.deleteProperty(error, "error");
      Reflect.deleteProperty(error, "suppressed");
      return error;
    }
    case "WasmCompileError":
      return new WebAssembly.CompileError(message);
    case "WasmLinkError":
      return new WebAssembly.LinkError(message);
    case "WasmRuntimeError":
      return new WebAssembly.RuntimeError(message);
    default: {
      const Class = classes.find((candidate) => candidate.name === name) ?? Error;
      return new Class(message);
    }
  }
}

const classes = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError];

function hide(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, {
    value,
    enumerable: false,
    writable: true,
    configurable: true,
  });
}
