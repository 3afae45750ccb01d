// Headers as workerd has them: its messages, a snapshot for each iteration with set-cookie in its place, and
// the immutable headers of received messages. https://developers.cloudflare.com/workers/runtime-apis/headers/
// Bun's class is kept and its prototype changed, so that the headers of every native object take part.

import { illegalInvocation, toText, wrongParameter } from "../platform/arguments.ts";
import { notCallable, wrongConstruction } from "./errors.ts";
import { areFrozen } from "./frozen-headers.ts";
import { listIterator } from "./iterators.ts";
import { replaceMethods, UndoStack } from "./install.ts";
import type { Undo } from "../undo.ts";

type NativeHeaders = typeof Headers;
type Entry = [name: string, value: string];

/** The patched class, and how to take the patch of its prototype back. */
export interface PatchedHeaders {
  readonly Headers: NativeHeaders;
  readonly undo: Undo;
}

/** Changes the prototype of Bun's Headers and builds the constructor that goes with it. */
export function buildHeaders(Native: NativeHeaders): PatchedHeaders {
  const { prototype } = Native;
  const undos = new UndoStack();
  const Patched = constructorOf(Native);
  undos.add(replaceMethods(prototype, { constructor: Patched }));
  undos.add(replaceMethods(prototype, accessMethods(Native)));
  undos.add(replaceMethods(prototype, iterationMethods(Native)));
  return { Headers: Patched, undo: () => undos.undo() };
}

function constructorOf(Native: NativeHeaders): NativeHeaders {
  // A plain function shares Bun's prototype, so instanceof and `extends` need no help.
  const Headers = function (this: unknown, init?: unknown) {
    if (new.target === undefined) throw notCallable("Headers");
    if (init === undefined) return Reflect.construct(Native, [], new.target);
    if (init === null || (typeof init !== "object" && typeof init !== "function")) {
      throw wrongConstruction("Headers", 1, "Headers or Sequence or object");
    }
    const source = init instanceof Native || Array.isArray(init) ? init : listOf(init);
    try {
      return Reflect.construct(Native, [source], new.target);
    } catch (error) {
      throw explain(source, error);
    }
  } as unknown as NativeHeaders;
  Object.defineProperty(Headers, "length", { value: 0, configurable: true });
  Object.defineProperty(Headers, "prototype", { value: Native.prototype, writable: false });
  return Headers;
}

// Iterables are read once and here, so that a refused entry can be named afterwards; of records workerd takes
// the own enumerable text keys.
function listOf(init: object): unknown {
  const iterate: unknown = Reflect.get(init, Symbol.iterator);
  if (typeof iterate === "function") return [...(init as Iterable<unknown>)];
  return Object.entries(init);
}

// Finds out why the native constructor refused, in workerd's words.
function explain(source: unknown, error: unknown): unknown {
  if (!Array.isArray(source)) return error;
  for (const item of source as unknown[]) {
    if (typeof item !== "object" || item === null || !(Symbol.iterator in item)) {
      return new TypeError("Incorrect type: the provided value is not of type 'Sequence'.");
    }
    const pair = [...(item as Iterable<unknown>)];
    if (pair.length !== 2) {
      return new TypeError(
        "To initialize a Headers object from a sequence, each inner sequence must have exactly two elements.",
      );
    }
    const problem = refusal(pair[0], pair[1]);
    if (problem !== null) return problem;
  }
  return error;
}

/** What a header name may consist of. */
export const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What a header value must not have. */
export const forbiddenValue = /[\0\r\n]|[^\0-\xff]/;

function refusal(name: unknown, value: unknown): TypeError | null {
  if (!token.test(toText(name))) return new TypeError("Invalid header name.");
  if (forbiddenValue.test(toText(value).trim())) return new TypeError("Invalid header value.");
  return null;
}

function accessMethods(Native: NativeHeaders): Record<string, unknown> {
  const { append, delete: remove, get, getSetCookie, has, set } = Native.prototype;

  // The native method has just thrown: says it in workerd's words.
  function failure(headers: unknown, error: unknown, name: unknown, value: unknown): unknown {
    if (!(headers instanceof Native)) return illegalInvocation();
    return refusal(name, value) ?? error;
  }

  function change(method: "append" | "set", native: typeof set) {
    return function (this: Headers, name: string, value: string): void {
      if (arguments.length < 2) {
        throw wrongParameter("Headers", method, arguments.length + 1, "string");
      }
      try {
        if (areFrozen(this)) throw new TypeError("Can't modify immutable headers.");
        native.call(this, name, value);
      } catch (error) {
        throw immutableError(this, error) ?? failure(this, error, name, value);
      }
    };
  }

  return {
    get(this: Headers, name: string): string | null {
      if (arguments.length === 0) throw wrongParameter("Headers", "get", 1, "string");
      try {
        return name === "" ? null : get.call(this, name);
      } catch (error) {
        throw failure(this, error, name, "");
      }
    },
    getAll(this: Headers, name: string): string[] {
      if (arguments.length === 0) throw wrongParameter("Headers", "getAll", 1, "string");
      if (!(this instanceof Native)) throw illegalInvocation();
      if (toText(name).toLowerCase() !== "set-cookie") {
        throw new TypeError('getAll() can only be used with the header name "Set-Cookie".');
      }
      return getSetCookie.call(this);
    },
    has(this: Headers, name: string): boolean {
      if (arguments.length === 0) throw wrongParameter("Headers", "has", 1, "string");
      try {
        return name === "" ? false : has.call(this, name);
      } catch (error) {
        throw failure(this, error, name, "");
      }
    },
    set: change("set", set),
    append: change("append", append),
    delete(this: Headers, name: string): void {
      if (arguments.length === 0) throw wrongParameter("Headers", "delete", 1, "string");
      if (areFrozen(this)) throw new TypeError("Can't modify immutable headers.");
      try {
        if (name !== "") remove.call(this, name);
      } catch (error) {
        throw failure(this, error, name, "");
      }
    },
  };
}

function immutableError(headers: object, error: unknown): unknown {
  return Object(headers) === headers && areFrozen(headers) ? error : null;
}

function iterationMethods(Native: NativeHeaders): Record<PropertyKey, unknown> {
  const { entries } = Native.prototype;
  const toJson = Native.prototype.toJSON as (() => unknown) | undefined;

  // workerd iterates a snapshot, sorted by name; Bun puts set-cookie last and skips entries that are deleted.
  function snapshot(headers: Headers): Entry[] {
    if (!(headers instanceof Native)) throw illegalInvocation();
    const list = [...entries.call(headers)] as Entry[];
    if (list.at(-1)?.[0] === "set-cookie") list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return list;
  }

  return {
    entries(this: Headers) {
      return listIterator("EntryIterator", snapshot(this));
    },
    keys(this: Headers) {
      return listIterator(
        "KeyIterator",
        snapshot(this).map(([name]) => name),
      );
    },
    values(this: Headers) {
      return listIterator(
        "ValueIterator",
        snapshot(this).map(([, value]) => value),
      );
    },
    forEach(this: Headers, callback: unknown, thisArg?: unknown): void {
      if (typeof callback !== "function") throw wrongParameter("Headers", "forEach", 1, "function");
      for (const [name, value] of snapshot(this)) {
        Reflect.apply(callback, thisArg, [value, name, this]);
      }
    },
    [Symbol.iterator](this: Headers) {
      return listIterator("EntryIterator", snapshot(this));
    },
    // JSON has a key for it, and in workerd finds nothing; without one it is Bun's console that asks.
    toJSON(this: Headers, ...key: unknown[]) {
      return key.length > 0 || toJson === undefined ? {} : toJson.call(this);
    },
  };
}
