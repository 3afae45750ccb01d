// What the storage and a transaction have in common: `get`, `put`, `delete`, `list` and the alarm. Values are copied at
// the call; the work is done at once, and the promise settles in the same turn.
// https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/

import { isObject, wrongParameter } from "../../../platform/arguments.ts";
import type { StorageHost } from "./host.ts";
import { checkOptions, type Method, toAlarmTime, toKey, toRange } from "./options.ts";

/** One method's call: the checks come after the arguments have been converted. */
export interface Call {
  readonly host: StorageHost;
  readonly method: Method;
  readonly args: readonly unknown[];
  /** Throws when it may not be made. */
  check(): void;
}

const SOON = Promise.resolve();

/** What is thrown rejects. The promise settles a microtask later than one that is settled, as workerd's do. */
export function settle<T>(work: () => T): Promise<T> {
  try {
    const result = work();
    return SOON.then(() => result);
  } catch (error) {
    return Promise.reject(error);
  }
}

export function get({ host, method, args, check }: Call): unknown {
  const [given] = args;
  const keys = toKeys(args, method);
  checkOptions(args[1], method, 2, "GetOptions");
  check();
  if (!Array.isArray(given)) return host.entries.get(keys[0] ?? "");
  const found = new Map<string, unknown>();
  for (const key of [...new Set(keys)].sort(byUtf8)) {
    const value = host.entries.get(key);
    // Stored `undefined` is absent too: only the synchronous API can store it.
    if (value !== undefined) found.set(key, value);
  }
  return found;
}

export function put({ host, method, args, check }: Call): void {
  if (args.length === 0) throw wrongParameter(method.on, method.name, 1, "string or object");
  const [first] = args;
  const entries = isEntries(first) ? manyEntries(args, method) : [oneEntry(args, method)];
  check();
  const encoded = entries.map(([key, value]) => [key, host.entries.encode(value)] as const);
  for (const [key, bytes] of encoded) host.entries.put(key, bytes);
}

export function remove({ host, method, args, check }: Call): boolean | number {
  const keys = toKeys(args, method);
  checkOptions(args[1], method, 2, "PutOptions");
  check();
  if (!Array.isArray(args[0])) return host.entries.delete(keys[0] ?? "");
  return keys.filter((key) => host.entries.delete(key)).length;
}

export function list({ host, method, args, check }: Call): Map<string, unknown> {
  const range = toRange(args[0], method);
  check();
  return new Map(host.entries.list(range));
}

export function getAlarm({ host, method, args, check }: Call): number | null {
  checkOptions(args[0], method, 1, "GetAlarmOptions");
  check();
  return host.alarm.time;
}

export function setAlarm({ host, method, args, check }: Call): void {
  const time = toAlarmTime(args, method);
  checkOptions(args[1], method, 2, "SetAlarmOptions");
  if (time <= 0) throw new TypeError("setAlarm() cannot be called with an alarm time <= 0");
  if (!host.hasAlarmHandler) {
    throw new TypeError(
      "Your Durable Object class must have an alarm() handler in order to call setAlarm()",
    );
  }
  check();
  // As workerd does with what is past.
  host.alarm.set(Math.max(time, Math.trunc(host.now())));
}

export function deleteAlarm({ host, method, args, check }: Call): void {
  checkOptions(args[0], method, 1, "SetAlarmOptions");
  check();
  host.alarm.set(null);
}

/** The order of `Buffer.compare` on their UTF-8. */
function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function toKeys(args: readonly unknown[], { on, name }: Method): string[] {
  const [given] = args;
  if (args.length === 0) throw wrongParameter(on, name, 1, "string or Array");
  return Array.isArray(given) ? Array.from(given, toKey) : [toKey(given)];
}

function isEntries(value: unknown): value is object {
  return isObject(value) && typeof value !== "function" && !Array.isArray(value);
}

function oneEntry(args: readonly unknown[], { on, name }: Method): [string, unknown] {
  const key = toKey(args[0]);
  checkPutOptions(args[2], on, name, 3);
  if (args[1] === undefined) throw new TypeError("put() called with undefined value.");
  return [key, args[1]];
}

function manyEntries(args: readonly unknown[], { on, name }: Method): [string, unknown][] {
  if (args[1] !== undefined && !isObject(args[1])) {
    throw new TypeError(
      "put() may only be called with a single key-value pair and optional options as put(key, value, options) or with " +
        "multiple key-value pairs and optional options as put(entries, options)",
    );
  }
  checkPutOptions(args[1], on, name, 2);
  const given = Object.entries(args[0] as object);
  return given
    .filter(([, value]) => value !== undefined)
    .map(([key, value]): [string, unknown] => [toKey(key), value]);
}

function checkPutOptions(value: unknown, on: string, name: string, index: number): void {
  checkOptions(value, { on, name }, index, "PutOptions");
}
