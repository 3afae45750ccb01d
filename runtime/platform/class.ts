// The outward form of a class that is C++ in workerd: what `Object.prototype.toString`, `for … in`, spies and RPC see.

import { markPlatformClass } from "../rpc/payload/reference.ts";

/**
 * Gives a class workerd's form: methods that are enumerable, its name as `Symbol.toStringTag`, and objects that cannot be
 * serialised.
 */
export function platformClass<Class extends abstract new (...args: never[]) => object>(
  constructor: Class,
  name: string = constructor.name,
): Class {
  const prototype = constructor.prototype as object;
  for (const member of Object.getOwnPropertyNames(prototype)) {
    if (member !== "constructor") Object.defineProperty(prototype, member, { enumerable: true });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
  markPlatformClass(prototype);
  return constructor;
}
