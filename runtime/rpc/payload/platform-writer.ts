// Writes the web platform's own objects: some by value, some as references (RPC only), the rest refused. Whether an
// object is the platform's is asked of its prototypes, so that subclasses count too, as they do in workerd.

import * as types from "node:util/types";
import type { Encoder } from "./encoder.ts";
import { dataCloneError, notSerializable } from "./refusal.ts";
import { carryReadable, carryWritable } from "./streams.ts";
import { HostTag } from "./tags.ts";

const writers = {
  DOMException: writeDomException,
  Headers: writeHeaders,
  Blob: writeBlob,
  Request: writeRequest,
  Response: writeResponse,
  ReadableStream: writeReadable,
  WritableStream: writeWritable,
  AbortSignal: refuseSignal,
} as const satisfies Record<string, (encoder: Encoder, value: never) => void>;

// Platform classes that have no serialisation. The nearest known prototype decides.
const refused = new Set(
  [
    "AbortController BroadcastChannel Cache CacheStorage CompressionStream CountQueuingStrategy Crypto CryptoKey",
    "DecompressionStream Event EventSource EventTarget ExecutionContext FixedLengthStream FormData HTMLRewriter",
    "IdentityTransformStream MessageChannel MessagePort Navigator Performance ReadableStreamBYOBReader",
    "ReadableStreamDefaultReader ReadableStreamDefaultController ReadableByteStreamController SubtleCrypto",
    "TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream URL URLPattern URLSearchParams",
    "ByteLengthQueuingStrategy WebSocket WebSocketPair WebSocketRequestResponsePair WritableStreamDefaultWriter",
  ].flatMap((line) => line.split(" ")),
);

const refusedTags = [
  "Array Iterator",
  "String Iterator",
  "RegExp String Iterator",
  "Segmenter String Iterator",
  "Iterator Helper",
];

/** Writes `value` if it is an object of the web platform; false when it is not. Throws for those that are refused. */
export function writePlatformObject(encoder: Encoder, value: object): boolean {
  let prototype: unknown = Object.getPrototypeOf(value);
  while (typeof prototype === "object" && prototype !== null && prototype !== Object.prototype) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
    const name = typeof constructor === "function" ? constructor.name : "";
    if (isGlobal(name, constructor)) {
      if (name in writers) {
        const write = writers[name as keyof typeof writers] as (e: Encoder, v: object) => void;
        write(encoder, value);
        return true;
      }
      if (refused.has(name)) throw notSerializable(value);
    }
    prototype = Object.getPrototypeOf(prototype);
  }
  return false;
}

/** Whether it is one of the engine's own objects that V8 refuses: promises, weak collections, iterators, … */
export function refusedNative(value: object): boolean {
  return (
    types.isPromise(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    types.isGeneratorObject(value) ||
    types.isMapIterator(value) ||
    types.isSetIterator(value) ||
    types.isModuleNamespaceObject(value) ||
    types.isArgumentsObject(value) ||
    value instanceof WeakRef ||
    value instanceof FinalizationRegistry ||
    refusedTags.includes(Object.prototype.toString.call(value).slice(8, -1)) ||
    Object.values(Object.getOwnPropertyDescriptors(Intl)).some(
      ({ value: Class }) =>
        typeof Class === "function" && "prototype" in Class && value instanceof Class,
    )
  );
}

function isGlobal(name: string, constructor: unknown): boolean {
  return name !== "" && (globalThis as Record<string, unknown>)[name] === constructor;
}

function writeDomException(encoder: Encoder, value: DOMException): void {
  encoder.host(HostTag.domException);
  encoder.writer.string(value.name);
  encoder.writer.string(value.message);
  encoder.writer.string(String(value.stack ?? ""));
}

function writeHeaders(encoder: Encoder, value: Headers): void {
  encoder.host(HostTag.headers);
  const entries = [...value];
  encoder.writer.varint(entries.length);
  for (const [name, text] of entries) {
    encoder.writer.string(name);
    encoder.writer.string(text);
  }
}

function writeBlob(encoder: Encoder, value: Blob): void {
  // Not serialisable, though it is a Blob; this engine gives both the same prototype.
  if (value instanceof File) throw notSerializable(value, "File");
  // A Blob in memory answers at once; only one that stands for a file would not.
  const reading = value.bytes();
  const bytes = Bun.peek(reading);
  if (bytes === reading) throw notSerializable(value);
  encoder.host(HostTag.blob);
  encoder.writer.string(value.type);
  encoder.writer.varint((bytes as Uint8Array).length);
  encoder.writer.raw(bytes as Uint8Array);
}

function writeRequest(encoder: Encoder, value: Request): void {
  if (value.signal?.aborted === true) refuseSignal();
  encoder.host(HostTag.request);
  encoder.value({
    url: value.url,
    method: value.method,
    headers: [...value.headers],
    redirect: value.redirect,
    cf: (value as { cf?: unknown }).cf,
    body: value.body,
  });
}

function writeResponse(encoder: Encoder, value: Response): void {
  encoder.host(HostTag.response);
  encoder.value({
    status: value.status,
    statusText: value.statusText,
    headers: [...value.headers],
    cf: (value as { cf?: unknown }).cf,
    webSocket: (value as { webSocket?: unknown }).webSocket ?? null,
    body: value.body,
  });
}

function writeReadable(encoder: Encoder, value: ReadableStream): void {
  if (encoder.encoding.exporter === null) {
    throw dataCloneError("ReadableStream can only be serialized for RPC.");
  }
  encoder.reference(carryReadable(value));
}

function writeWritable(encoder: Encoder, value: WritableStream): void {
  if (encoder.encoding.exporter === null) {
    throw dataCloneError("WritableStream can only be serialized for RPC.");
  }
  encoder.reference(carryWritable(value));
}

function refuseSignal(): never {
  throw dataCloneError("AbortSignal serialization is not enabled.");
}
