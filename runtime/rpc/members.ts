// Which members of an object can be reached over RPC: of a class's objects only what the class declares, of plain objects
// and functions what they own.
// https://developers.cloudflare.com/workers/runtime-apis/rpc/visibility/

import type { Path } from "./callee.ts";
import {
  markPlatformClass,
  type Serialization,
  serialization,
  serializationOf,
} from "./payload/reference.ts";

/** An object, and how much of it is reachable. */
export interface Reachable {
  readonly object: object;
  /** Its own properties (a plain object, a function) instead of its class's (an entrypoint, an RpcTarget). */
  readonly own: boolean;
  /** Names that are never looked up. */
  readonly reserved: readonly string[];
}

/** The names that objects handed over during a session keep for themselves. */
export const transientNames: readonly string[] = ["dup", "constructor"];

/** The names that entrypoints and Durable Objects keep for themselves. */
export const entrypointNames: readonly string[] = [
  "fetch",
  "connect",
  "alarm",
  "webSocketMessage",
  "webSocketClose",
  "webSocketError",
  ...transientNames,
];

const targetSerialization: Serialization = {
  refer: (value, exporter) => exporter.export(value, false),
  refusal: "Remote RPC references can only be serialized for RPC.",
};

/** An object that travels as a stub. */
export interface RpcTarget {
  readonly [Symbol.toStringTag]: string;
}

/** The class whose objects travel as stubs: `RpcTarget` of `cloudflare:workers`. It holds nothing. */
// A function, so that calling it without `new` fails in workerd's words.
export const RpcTarget = function RpcTarget(): void {
  if (new.target !== undefined) return;
  throw new TypeError(
    "Failed to construct 'JsRpcTarget': Please use the 'new' operator, this object constructor cannot be called as a function.",
  );
} as unknown as { new (...ignored: unknown[]): RpcTarget; readonly prototype: RpcTarget };
Object.defineProperty(RpcTarget.prototype, Symbol.toStringTag, {
  value: "JsRpcTarget",
  configurable: true,
});
markPlatformClass(RpcTarget.prototype, targetSerialization);

/** Whether the object is an RpcTarget; for a Proxy, whether its prototypes say so. */
export function isRpcTarget(value: object): boolean {
  let prototype: unknown = Object.getPrototypeOf(value);
  while (typeof prototype === "object" && prototype !== null) {
    const how: unknown = Object.getOwnPropertyDescriptor(prototype, serialization)?.value;
    if (how === targetSerialization) return true;
    prototype = Object.getPrototypeOf(prototype);
  }
  return false;
}

/** Whether a stub can stand for the object, and then whether its own properties are reachable; null if it cannot. */
export function stubKind(value: object): { own: boolean } | null {
  if (Object.getPrototypeOf(value) === Object.prototype) return { own: true };
  if (isRpcTarget(value)) return { own: false };
  return isPlainFunction(value) ? { own: true } : null;
}

/** Follows a path; throws workerd's TypeError where it leads nowhere. Getters on the way run. */
export function lookUp(target: Reachable, path: Path): { value: unknown; holder: unknown } {
  let { object, own } = target;
  const last = path.at(-1);
  if (last === undefined) return { value: object, holder: object };
  for (const name of path.slice(0, -1)) {
    const next = member(object, name, own, target.reserved);
    if ((typeof next !== "object" && typeof next !== "function") || next === null)
      throw missing(name);
    object = next;
    const kind = isThroughStub(object) ? { own: false } : stubKind(object);
    if (kind === null) throw missing(name);
    own = kind.own;
  }
  return { value: member(object, last, own, target.reserved), holder: object };
}

function member(object: object, name: string, own: boolean, reserved: readonly string[]): unknown {
  if (reserved.includes(name)) {
    throw new TypeError(`'${name}' is a reserved method and cannot be called over RPC.`);
  }
  if (Object.hasOwn(object, name) !== own) throw missing(name);
  const value: unknown = (object as Record<string, unknown>)[name];
  // What every object has is not offered, nor is what nobody declared.
  if (!own && value === (Object.prototype as unknown as Record<string, unknown>)[name]) {
    throw missing(name);
  }
  return value;
}

function isThroughStub(value: object): boolean {
  return serializationOf(value)?.wildcard === true;
}

function isPlainFunction(value: object): boolean {
  if (typeof value !== "function") return false;
  // Stubs are functions like others; promises and properties of RPC are not.
  const how = serializationOf(value);
  return how === null || how.refer !== undefined;
}

function missing(name: string): TypeError {
  return new TypeError(`The RPC receiver does not implement the method "${name}".`);
}
