// The one codec: what Durable Object values, queue bodies of type v8, workflow results and RPC messages are made of. The
// bytes are V8's format, version 15, as workerd writes it; what cannot be copied travels beside them as references.
// https://developers.cloudflare.com/workers/runtime-apis/rpc/

import { Decoder } from "./payload/decoder.ts";
import { Encoder } from "./payload/encoder.ts";
import type { Exporter, Receiver, Reference } from "./payload/reference.ts";

/** What compatibility dates change about a payload. */
export interface EncodeOptions {
  /** Errors keep name, own properties and cause: `compatibility.has("enhanced_error_serialization")`, 2026-04-21. */
  readonly enhancedErrors: boolean;
}

/** An RPC message: the bytes and the live things that they mention, in order. */
export interface Message {
  readonly bytes: Uint8Array;
  readonly references: readonly Reference[];
}

/** The most bytes that the arguments or the result of one call may have. */
const messageLimit = 32 * 1024 * 1024;

/**
 * Encodes a value for storage. Class instances become plain objects; functions, symbols, streams and stubs throw a
 * `DataCloneError` (a DOMException, code 25) with workerd's words.
 */
export function encode(value: unknown, options: EncodeOptions): Uint8Array {
  const encoder = new Encoder({
    enhancedErrors: options.enhancedErrors,
    exporter: null,
    classInstances: true,
  });
  encoder.value(value);
  return encoder.writer.finish();
}

/** Decodes what `encode` gave: a new value that shares nothing with the original. */
export function decode(bytes: Uint8Array): unknown {
  return new Decoder(bytes, null).value();
}

/** What `structuredClone` gives in a worker. */
export function clone(value: unknown, options: EncodeOptions): unknown {
  return decode(encode(value, options));
}

/**
 * Encodes a value for an RPC message. Functions, RpcTargets, stubs and streams become references; other class instances
 * throw a `DataCloneError`. Nothing is held when it throws.
 */
export function encodeMessage(value: unknown, exporter: Exporter, options: EncodeOptions): Message {
  return message(exporter, options, (encoder) => encoder.value(value));
}

/** Encodes the arguments of a call: a message that decodes to a list. */
export function encodeArguments(
  args: readonly unknown[],
  exporter: Exporter,
  options: EncodeOptions,
): Message {
  return message(exporter, options, (encoder) => encoder.list(args));
}

function message(
  exporter: Exporter,
  { enhancedErrors }: EncodeOptions,
  write: (encoder: Encoder) => void,
): Message {
  const encoder = new Encoder({ enhancedErrors, exporter, classInstances: false });
  try {
    write(encoder);
    const size = encoder.writer.length;
    if (size > messageLimit) throw new Error(tooLarge(size));
  } catch (error) {
    for (const reference of encoder.references) reference.drop();
    throw error;
  }
  return { bytes: encoder.writer.finish(), references: encoder.references };
}

/** Decodes a message; what it holds goes to `receiver`. A message is decoded once, or dropped. */
export function decodeMessage(message: Message, receiver: Receiver): unknown {
  const decoder = new Decoder(message.bytes, { references: message.references, receiver });
  try {
    return decoder.value();
  } catch (error) {
    for (const reference of message.references.slice(decoder.opened)) reference.drop();
    throw error;
  }
}

/** Lets go of a message that nobody will read. */
export function dropMessage(message: Message): void {
  for (const reference of message.references) reference.drop();
}

function tooLarge(size: number): string {
  return (
    "Serialized RPC arguments or return values are limited to 32MiB, " +
    `but the size of this value was: ${size} bytes.`
  );
}
