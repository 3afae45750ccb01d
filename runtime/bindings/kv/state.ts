// The state of a KV namespace as plain data: its entries, in the order of their keys.

import type { Plain } from "../../binding.ts";
import { decode, encode } from "../../platform/bytes.ts";
import type { Entry, KvStorage } from "./storage.ts";

/** A value: text where it is UTF-8, else its bytes as hex. */
export type KvValue = string | { readonly bytes: string };

/** An entry. */
export type KvEntry = {
  readonly key: string;
  readonly value: KvValue;
  /** Seconds since the epoch; only when the entry expires. */
  readonly expiration?: number;
  /** Only when the entry has some. */
  readonly metadata?: Plain;
};

/** The entries that have not expired. */
export type KvState = readonly KvEntry[];

/** Restricts the state to one key, or to the keys with a prefix. */
export interface KvQuery {
  readonly key?: string;
  readonly prefix?: string;
}

/** The state, read without changing anything. */
export function inspectKv(storage: KvStorage, { key, prefix = "" }: KvQuery = {}): KvState {
  if (key !== undefined) {
    const entry = storage.peek(key);
    return entry === null ? [] : [toEntry({ key, ...entry })];
  }
  return storage.entries({ prefix, after: "", limit: -1 }).map(toEntry);
}

/** Puts entries, without the limits that hold for worker code; other entries stay. */
export function seedKv(storage: KvStorage, state: KvState): void {
  for (const { key, value, expiration = null, metadata } of state) {
    const stored = typeof value === "string" ? value : Uint8Array.fromHex(value.bytes);
    const json = metadata === undefined ? null : JSON.stringify(metadata);
    storage.put(key, stored, expiration, json);
  }
}

function toEntry({ key, value, expiration, metadata }: Entry): KvEntry {
  return {
    key,
    value: typeof value === "string" ? value : textOrBytes(value),
    ...(expiration !== null && { expiration }),
    ...(metadata !== null && { metadata: JSON.parse(metadata) as Plain }),
  };
}

function textOrBytes(value: Uint8Array): KvValue {
  const text = decode(value);
  // What is no UTF-8 comes back from text as other bytes.
  return Buffer.compare(encode(text), value) === 0 ? text : { bytes: value.toHex() };
}
