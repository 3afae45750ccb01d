// The options of KV's methods, read from what the worker gave in the order in which workerd reads them.

import { isObject, toInt32, toOptions, toText, wrongParameter } from "../../platform/arguments.ts";

/** How `get` gives the value. Any text until the value is there: an unknown type is no error for a missing key. */
export interface GetOptions {
  readonly type: string;
  readonly cacheTtl: number | undefined;
}

export interface PutOptions {
  readonly expiration: number | undefined;
  readonly ttl: number | undefined;
  readonly metadata: unknown;
}

export interface ListOptions {
  readonly limit: number;
  readonly prefix: string;
  readonly cursor: string;
}

/** What most calls have. */
const TEXT: GetOptions = { type: "text", cacheTtl: undefined };
const NOTHING: PutOptions = { expiration: undefined, ttl: undefined, metadata: undefined };

const MAX_KEYS = 1000;

/** Options of `get` and `getWithMetadata`: an object, or just the type. */
export function readGetOptions(given: unknown): GetOptions {
  if (given === undefined || given === null) return TEXT;
  if (!isObject(given)) return { type: toText(given), cacheTtl: undefined };
  const { type, cacheTtl } = given as { type?: unknown; cacheTtl?: unknown };
  return {
    type: type === undefined ? "text" : toText(type),
    cacheTtl: toOptionalInt32(cacheTtl),
  };
}

export function readPutOptions(given: unknown): PutOptions {
  if (given === undefined) return NOTHING;
  const options = toOptions<"expiration" | "expirationTtl" | "metadata">(given, () =>
    wrongParameter("KvNamespace", "put", 3, "PutOptions"),
  );
  if (options === undefined) return NOTHING;
  return {
    expiration: toOptionalInt32(options.expiration),
    ttl: toOptionalInt32(options.expirationTtl),
    metadata: options.metadata,
  };
}

/** A limit that is no positive number is the default; `errors.ts` has the words for one that is too large. */
export function readListOptions(given: unknown): ListOptions {
  const options = toOptions<"limit" | "prefix" | "cursor">(given, () =>
    wrongParameter("KvNamespace", "list", 1, "ListOptions"),
  );
  const limit = toOptionalInt32(options?.limit) ?? 0;
  const prefix = options?.prefix ?? "";
  const cursor = options?.cursor ?? "";
  return {
    limit: limit > 0 ? limit : MAX_KEYS,
    prefix: toText(prefix),
    cursor: toText(cursor),
  };
}

function toOptionalInt32(value: unknown): number | undefined {
  return value === undefined ? undefined : toInt32(value);
}
