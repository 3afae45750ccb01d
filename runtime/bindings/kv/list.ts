// Listing keys, page by page. A cursor is the last key of its page, so that pages go on from there whatever was put or
// deleted meanwhile.
// https://developers.cloudflare.com/kv/api/list-keys/

import type { Use } from "../../binding.ts";
import { throughUtf8 } from "../../platform/bytes.ts";
import { failed } from "./errors.ts";
import type { ListOptions } from "./options.ts";
import type { KvStorage, Listed } from "./storage.ts";
import { checkLength } from "./validate.ts";

const MAX_KEYS = 1000;

/** A key of a page. */
export interface ListedKey {
  readonly name: string;
  /** Seconds since the epoch; only when the entry expires. */
  readonly expiration?: number;
  /** Only when the entry has some. */
  readonly metadata?: unknown;
}

/** A page of keys. */
export type ListResult =
  | { readonly keys: ListedKey[]; readonly list_complete: true; readonly cacheStatus: null }
  | {
      readonly keys: ListedKey[];
      readonly list_complete: false;
      readonly cursor: string;
      readonly cacheStatus: null;
    };

/** The page that the options ask for. */
export function list(use: Use<KvStorage>, { limit, prefix, cursor }: ListOptions): ListResult {
  if (limit > MAX_KEYS) {
    const text = `Invalid key_count_limit of ${limit}. Please specify an integer less than ${MAX_KEYS}.`;
    throw failed("GET", 400, text);
  }
  checkLength(prefix, "GET");
  const after = Buffer.from(cursor, "base64").toString();
  // One more than asked for tells whether this is all.
  const found = use().list({ prefix: throughUtf8(prefix), after, limit: limit + 1 });
  const keys = found.slice(0, limit).map(toKey);
  const last = keys.at(-1);
  if (found.length <= limit || last === undefined) {
    return { keys, list_complete: true, cacheStatus: null };
  }
  const next = Buffer.from(last.name).toString("base64");
  return { keys, list_complete: false, cursor: next, cacheStatus: null };
}

function toKey({ key, expiration, metadata }: Listed): ListedKey {
  return {
    name: key,
    ...(expiration !== null && { expiration }),
    ...(metadata !== null && { metadata: JSON.parse(metadata) as unknown }),
  };
}
