// The rules for keys, expirations, metadata and cache times, in the order in which KV checks them.
// https://developers.cloudflare.com/kv/platform/limits/

import { byteLength, isLonger } from "../../platform/bytes.ts";
import { failed } from "./errors.ts";
import type { Operation } from "./errors.ts";

const MAX_KEY_BYTES = 512;
const MAX_METADATA_BYTES = 1024;
const MIN_TTL_SECONDS = 60;
const MIN_CACHE_TTL_SECONDS = 30;

/** The client's rules for a key. */
export function checkKey(key: string, operation: Operation): void {
  if (key === "") throw new TypeError("Key name cannot be empty.");
  if (key === "." || key === "..") throw new TypeError(`"${key}" is not allowed as a key name.`);
  checkLength(key, operation);
}

/** The service's rule for a key: it comes in a URL, where a lone surrogate cannot be decoded. */
export function checkDecodable(key: string, operation: Operation): void {
  if (!key.isWellFormed()) throw failed(operation, 400, "Could not URL-decode key name");
}

/** The service's rules for a key in a bulk request. */
export function checkBulkKey(key: string): void {
  if (key === "") throw failed("GET_BULK", 400, "Key names must not be empty");
  if (key === "." || key === "..") {
    const text = `Illegal key name "${key}". Please use a different name.`;
    throw failed("GET_BULK", 400, text);
  }
  checkLength(key, "GET_BULK");
}

/** The rule for keys and prefixes. */
export function checkLength(key: string, operation: Operation): void {
  if (!isLonger(key, MAX_KEY_BYTES)) return;
  const text = `UTF-8 encoded length of ${byteLength(key)} exceeds key length limit of ${MAX_KEY_BYTES}.`;
  throw failed(operation, 414, text);
}

export function checkCacheTtl(cacheTtl: number | undefined, operation: Operation): void {
  if (cacheTtl === undefined || cacheTtl >= MIN_CACHE_TTL_SECONDS) return;
  const text = `Invalid cache_ttl of ${cacheTtl}. Cache TTL must be at least ${MIN_CACHE_TTL_SECONDS}.`;
  throw failed(operation, 400, text);
}

/** The absolute expiration of a put, in seconds; null for none. A relative one wins over an absolute one. */
export function toExpiration(
  expiration: number | undefined,
  ttl: number | undefined,
  nowSeconds: () => number,
): number | null {
  if (ttl !== undefined) {
    checkTtl(ttl);
    return nowSeconds() + ttl;
  }
  if (expiration === undefined) return null;
  checkExpiration(expiration, nowSeconds());
  return expiration;
}

function checkTtl(ttl: number): void {
  if (ttl >= MIN_TTL_SECONDS) return;
  const rule =
    ttl <= 0
      ? "Please specify integer greater than 0."
      : `Expiration TTL must be at least ${MIN_TTL_SECONDS}.`;
  throw failed("PUT", 400, `Invalid expiration_ttl of ${ttl}. ${rule}`);
}

function checkExpiration(expiration: number, nowSeconds: number): void {
  if (expiration >= nowSeconds + MIN_TTL_SECONDS) return;
  const rule =
    expiration <= nowSeconds
      ? "Please specify integer greater than the current number of seconds since the UNIX epoch."
      : `Expiration times must be at least ${MIN_TTL_SECONDS} seconds in the future.`;
  throw failed("PUT", 400, `Invalid expiration of ${expiration}. ${rule}`);
}

/** The metadata's JSON, which is null for none. */
export function checkMetadata(json: string | null | undefined): string | null {
  if (json === null) return null;
  // What has no JSON (a function, a symbol) reaches the service as a text that it cannot parse.
  if (json === undefined) throw failed("PUT", 500, "Internal Server Error");
  if (isLonger(json, MAX_METADATA_BYTES)) {
    const text = `Metadata length of ${byteLength(json)} exceeds limit of ${MAX_METADATA_BYTES}.`;
    throw failed("PUT", 413, text);
  }
  return json;
}
