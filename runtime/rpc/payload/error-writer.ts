// Writes errors: V8's record (class, message, cause, stack) before compatibility date 2026-04-21, workerd's with name and
// all own properties from then on.

import type { Encoder } from "./encoder.ts";
import { errorPrototypes, ErrorTag, HostTag, nativeErrors, Tag } from "./tags.ts";

// Where an error was made, which this engine keeps in own properties and V8 does not.
const places = ["line", "column", "sourceURL", "originalLine", "originalColumn"];
const arrayIndex = /^(?:0|[1-9]\d*)$/;

/** Writes an error (an object with the internal slots of one). */
export function writeError(encoder: Encoder, error: Error): void {
  if (encoder.encoding.enhancedErrors) writeNativeError(encoder, error);
  else writeErrorRecord(encoder, error);
}

function writeNativeError(encoder: Encoder, error: Error): void {
  encoder.host(HostTag.nativeError);
  const name: unknown = error.name;
  const tag = (nativeErrors as readonly string[]).indexOf(String(name));
  encoder.writer.varint(Math.max(tag, 0));
  if (tag <= 0) encoder.value(name);
  encoder.value(error.message);
  encoder.value(ownProperties(error));
}

/** The own properties of an error that travel with it: not its name and message, which are written apart. */
function ownProperties(error: Error): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const key of Object.getOwnPropertyNames(error)) {
    if (key === "name" || key === "message" || arrayIndex.test(key)) continue;
    if (places.includes(key) && !Object.prototype.propertyIsEnumerable.call(error, key)) continue;
    Object.defineProperty(own, key, {
      value: (error as unknown as Record<string, unknown>)[key],
      enumerable: true,
    });
  }
  return own;
}

function writeErrorRecord(encoder: Encoder, error: Error): void {
  const { writer } = encoder;
  writer.byte(Tag.error);
  const name: unknown = error.name;
  const letter = errorPrototypes.find((entry) => entry[1] === name)?.[0];
  if (letter !== undefined) writer.byte(letter);
  const message = Object.getOwnPropertyDescriptor(error, "message");
  if (message !== undefined && "value" in message) {
    writer.byte(ErrorTag.message);
    writer.string(String(message.value));
  }
  const cause = Object.getOwnPropertyDescriptor(error, "cause");
  if (cause !== undefined && "value" in cause) {
    writer.byte(ErrorTag.cause);
    encoder.value(cause.value);
  }
  const stack: unknown = error.stack;
  if (typeof stack === "string") {
    writer.byte(ErrorTag.stack);
    writer.string(stack);
  }
  writer.byte(ErrorTag.end);
}
