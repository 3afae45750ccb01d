// The KV namespace that worker code gets. Arguments are converted and checked in workerd's order; what the client finds
// wrong with them rejects, except in `get` and `getWithMetadata`, which convert theirs before there is a promise.
// https://developers.cloudflare.com/kv/api/

import type { Use } from "../../binding.ts";
import { outside } from "../../events/through-gate.ts";
import {
  illegalConstructor,
  illegalInvocation,
  isObject,
  toText,
  wrongParameter,
} from "../../platform/arguments.ts";
import { platformClass } from "../../platform/class.ts";
import { getBulk } from "./bulk.ts";
import type { BulkEntry } from "./bulk.ts";
import { list } from "./list.ts";
import type { ListResult } from "./list.ts";
import { readGetOptions, readListOptions, readPutOptions } from "./options.ts";
import type { GetOptions } from "./options.ts";
import { put } from "./put.ts";
import type { KvStorage, Stored } from "./storage.ts";
import { checkCacheTtl, checkDecodable, checkKey } from "./validate.ts";
import { readValue } from "./value.ts";

/** What `getWithMetadata` gives for one key. */
export interface WithMetadata {
  readonly value: unknown;
  readonly metadata: unknown;
  readonly cacheStatus: null;
}

/** See the head of the file. Methods take everything: their signatures for users are workers-types' `KVNamespace`. */
export class KvNamespace {
  readonly #use: Use<KvStorage>;

  constructor(use: Use<KvStorage>) {
    if (typeof use !== "function") throw illegalConstructor();
    this.#use = use;
  }

  // The methods stand in the order in which workerd enumerates them, and like there declare no parameters.

  get(...args: unknown[]): Promise<unknown> {
    const use = KvNamespace.#of(this);
    if (args.length === 0) throw wrongParameter("KvNamespace", "get", 1, "string or Array");
    const [given] = args;
    if (Array.isArray(given)) return bulk(use, given, args[1], (entry) => entry.value);
    const key = toText(given);
    const options = readGetOptions(args[1]);
    return outside(() => {
      checkKey(key, "GET");
      const entry = read(use, key, options);
      return entry === null ? null : readValue(entry.value, options.type);
    });
  }

  list(...args: unknown[]): Promise<ListResult> {
    const use = KvNamespace.#of(this);
    return outside(() => list(use, readListOptions(args[0])));
  }

  put(...args: unknown[]): Promise<void> {
    const use = KvNamespace.#of(this);
    return outside(() => {
      if (args.length < 1) throw wrongParameter("KvNamespace", "put", 1, "string");
      const key = toText(args[0]);
      if (args.length < 2) throw wrongParameter("KvNamespace", "put", 2, "string or Object");
      const value = isObject(args[1]) ? args[1] : toText(args[1]);
      const options = readPutOptions(args[2]);
      checkKey(key, "PUT");
      return put(use, key, value, options);
    });
  }

  getWithMetadata(...args: unknown[]): Promise<WithMetadata | ReadonlyMap<string, unknown>> {
    const use = KvNamespace.#of(this);
    if (args.length === 0) {
      throw wrongParameter("KvNamespace", "getWithMetadata", 1, "Array or string");
    }
    const [given] = args;
    if (Array.isArray(given)) return bulk(use, given, args[1], withMetadata);
    const key = toText(given);
    const options = readGetOptions(args[1]);
    checkKey(key, "GET");
    return outside(() => {
      const entry = read(use, key, options);
      if (entry === null) return { value: null, metadata: null, cacheStatus: null };
      return {
        value: readValue(entry.value, options.type),
        metadata: readMetadata(entry.metadata),
        cacheStatus: null,
      };
    });
  }

  delete(...args: unknown[]): Promise<void> {
    const use = KvNamespace.#of(this);
    return outside(() => {
      if (args.length < 1) throw wrongParameter("KvNamespace", "delete", 1, "string");
      const key = toText(args[0]);
      checkKey(key, "DELETE");
      checkDecodable(key, "DELETE");
      use().delete(key);
    });
  }

  static #of(self: unknown): Use<KvStorage> {
    if (isObject(self) && #use in self) return self.#use;
    throw illegalInvocation();
  }
}

platformClass(KvNamespace);

function read(use: Use<KvStorage>, key: string, { cacheTtl }: GetOptions): Stored | null {
  checkDecodable(key, "GET");
  checkCacheTtl(cacheTtl, "GET");
  return use().get(key);
}

function bulk<T>(
  use: Use<KvStorage>,
  given: readonly unknown[],
  givenOptions: unknown,
  show: (entry: BulkEntry) => T,
): Promise<Map<string, T | null>> {
  const keys = Array.from(given, toText);
  const options = readGetOptions(givenOptions);
  return outside(() => getBulk(use, keys, options, show));
}

function withMetadata({ value, metadata }: BulkEntry): unknown {
  return value === null ? null : { value, metadata: readMetadata(metadata) };
}

function readMetadata(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
