// Putting a value: what the client checks, then what the service checks.

import type { Use } from "../../binding.ts";
import { bytesOf, byteLength, encode, isBytes, isLonger } from "../../platform/bytes.ts";
import { checkUnlocked, drain } from "../../platform/streams.ts";
import { valueTooLarge, wrongValue } from "./errors.ts";
import type { PutOptions } from "./options.ts";
import type { KvStorage, Value } from "./storage.ts";
import { checkDecodable, checkMetadata, toExpiration } from "./validate.ts";

/** 25 MiB. */
const MAX_VALUE_BYTES = 25 * 1024 * 1024;

/**
 * Puts a value under a key that the client has checked. Text and bytes are in the store when this returns; for a stream
 * it gives a promise.
 */
export function put(
  use: Use<KvStorage>,
  key: string,
  value: string | object,
  { expiration, ttl, metadata }: PutOptions,
): void | Promise<void> {
  const json = metadata === undefined || metadata === null ? null : JSON.stringify(metadata);
  const body = toBody(value);
  checkDecodable(key, "PUT");
  const storage = use();
  const until = toExpiration(expiration, ttl, () => storage.nowSeconds());
  const checked = checkMetadata(json);
  // Asked in this order: a look at ReadableStream loads workerd's streams.
  if (typeof body === "string" || body instanceof Uint8Array) {
    checkSize(body);
    storage.put(key, body, until, checked);
    return;
  }
  return drain(body, MAX_VALUE_BYTES).then(({ chunks, sizeBytes }) => {
    if (sizeBytes > MAX_VALUE_BYTES) throw valueTooLarge(sizeBytes, MAX_VALUE_BYTES);
    use().put(key, Buffer.concat(chunks), until, checked);
  });
}

function toBody(value: string | object): Value | ReadableStream<unknown> {
  if (typeof value === "string") return value.isWellFormed() ? value : encode(value);
  if (isBytes(value)) return bytesOf(value);
  if (!(value instanceof ReadableStream)) throw wrongValue();
  checkUnlocked(value);
  return value;
}

function checkSize(value: Value): void {
  if (typeof value === "string") {
    if (isLonger(value, MAX_VALUE_BYTES)) throw valueTooLarge(byteLength(value), MAX_VALUE_BYTES);
  } else if (value.byteLength > MAX_VALUE_BYTES) {
    throw valueTooLarge(value.byteLength, MAX_VALUE_BYTES);
  }
}
