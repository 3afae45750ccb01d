// Reading up to 100 keys in one request.
// https://developers.cloudflare.com/kv/api/read-key-value-pairs/#request-multiple-keys

import type { Use } from "../../binding.ts";
import { throughUtf8 } from "../../platform/bytes.ts";
import { failed } from "./errors.ts";
import type { GetOptions } from "./options.ts";
import type { KvStorage } from "./storage.ts";
import { checkBulkKey, checkCacheTtl } from "./validate.ts";
import { textOf } from "./value.ts";

const MAX_KEYS = 100;
const MAX_TOTAL = 25 * 1024 * 1024;

/** One key's answer; a missing key has none. */
export interface BulkEntry {
  readonly value: unknown;
  /** JSON, or null for none. */
  readonly metadata: string | null;
}

/** The answers by key, each key once, in the order in which they were asked for; null for missing ones. */
export function getBulk<T>(
  use: Use<KvStorage>,
  keys: readonly string[],
  { type, cacheTtl }: GetOptions,
  show: (entry: BulkEntry) => T,
): Map<string, T | null> {
  if (type !== "text" && type !== "json" && type !== "") {
    throw failed("GET_BULK", 400, `"${type}" is not a valid type. Use "json" or "text"`);
  }
  if (keys.length > MAX_KEYS) {
    throw failed("GET_BULK", 400, `You can request a maximum of ${MAX_KEYS} keys`);
  }
  if (keys.length < 1) throw failed("GET_BULK", 400, "You must request a minimum of 1 key");
  const storage = use();
  const answers = new Map<string, T | null>();
  let total = 0;
  for (const asked of keys) {
    const key = throughUtf8(asked);
    checkBulkKey(key);
    checkCacheTtl(cacheTtl, "GET_BULK");
    const entry = storage.get(key);
    const text = entry === null ? null : withoutByteOrderMark(textOf(entry.value));
    total += text?.length ?? 0;
    if (isArrayIndex(key)) continue;
    const value = text !== null && type === "json" ? parse(text) : text;
    answers.set(key, entry === null ? null : show({ value, metadata: entry.metadata }));
  }
  if (total > MAX_TOTAL) {
    throw failed("GET_BULK", 413, "Total size of request exceeds the limit of 25MB");
  }
  return answers;
}

// The answer comes as one JSON object, of which workerd takes the named properties only: it loses keys such as "7".
function isArrayIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The service answers for all keys at once and does not say which one it was.
    const report = "At least one of the requested keys corresponds to a non-json value";
    throw failed("GET_BULK", 400, report);
  }
}
