// `storage.kv`: the same keys and values without promises.
// https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#synchronous-kv-api

import {
  illegalConstructor,
  illegalInvocation,
  isObject,
  wrongParameter,
} from "../../../platform/arguments.ts";
import { platformClass } from "../../../platform/class.ts";
import type { Entry } from "./entries.ts";
import type { StorageHost } from "./host.ts";
import { toKey, toRange } from "./options.ts";

const NAME = "SyncKvStorage";

/** Makes an iterator of entries: of a class that has workerd's name, with the methods of all iterators. */
class ListIterator extends Iterator<Entry> {
  readonly #entries: Iterator<Entry>;

  constructor(entries: readonly Entry[]) {
    super();
    this.#entries = entries[Symbol.iterator]();
  }

  override next(): IteratorResult<Entry> {
    const { done, value } = this.#entries.next();
    return done === true ? { done, value: undefined } : { done: false, value };
  }
}

/** See the head of the file. */
export class SyncKvStorage {
  readonly #host: StorageHost;

  constructor(host: StorageHost) {
    if (!isObject(host)) throw illegalConstructor();
    this.#host = host;
  }

  get(...args: unknown[]): unknown {
    const host = SyncKvStorage.#of(this);
    const key = toText(args, "get");
    check(host);
    return host.entries.get(key);
  }

  list(...args: unknown[]): ListIterator {
    const host = SyncKvStorage.#of(this);
    const range = toRange(args[0], { on: NAME, name: "list" });
    check(host);
    return new ListIterator(host.entries.list(range));
  }

  put(...args: unknown[]): void {
    const host = SyncKvStorage.#of(this);
    const key = toText(args, "put");
    if (args.length < 2) throw wrongParameter(NAME, "put", 2, "Value");
    check(host);
    host.entries.put(key, host.entries.encode(args[1]));
  }

  delete(...args: unknown[]): boolean {
    const host = SyncKvStorage.#of(this);
    const key = toText(args, "delete");
    check(host);
    return host.entries.delete(key);
  }

  static #of(self: unknown): StorageHost {
    if (isObject(self) && #host in self) return self.#host;
    throw illegalInvocation();
  }
}

platformClass(SyncKvStorage);

function toText(args: readonly unknown[], method: string): string {
  if (args.length === 0) throw wrongParameter(NAME, method, 1, "string");
  return toKey(args[0]);
}

function check(host: StorageHost): void {
  host.check();
  if (host.sql !== null) return;
  // workerd's words, with its spelling.
  throw new Error(
    "The storage.kv (synchronous KV) API is only available for SQLite-backed Durable Objects, but this object's namespace " +
      "is not declared to use SQLite. You can use the older, asyncronous interface via methods of `storage` itself (e.g. " +
      "`storage.get()`). Alternatively, to enable SQLite, change `new_classes` to `new_sqlite_classes` within the " +
      "'migrations' field in your wrangler.jsonc or wrangler.toml file. If using workerd directly, set `enableSql = true` " +
      "in your workerd config for the class. Note that this change cannot be made after the class is already deployed to " +
      "production.",
  );
}
