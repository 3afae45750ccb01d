// Errors of worker code that come back to it through workerd's C++ side, as those of a stream do.

import { isObject } from "./arguments.ts";

const NATIVE = [RangeError, ReferenceError, SyntaxError, TypeError, URIError, EvalError, Error];

/**
 * What worker code gets back: a primitive becomes an Error, and an error of a class of the worker's own becomes one of the
 * language's class that it extends, with its name and its own fields.
 */
export function tunnelled(reason: unknown): unknown {
  if (!isObject(reason)) return new Error(String(reason));
  const Native = NATIVE.find((native) => reason instanceof native);
  if (Native === undefined || !(reason instanceof Error)) return reason;
  if (Object.getPrototypeOf(reason) === Native.prototype) return reason;
  // A DOMException is an Error too, but a class of the platform.
  if (reason instanceof DOMException) return reason;
  const copy = new Native(reason.message);
  if (reason.stack !== undefined) copy.stack = reason.stack;
  const { name } = reason;
  return Object.assign(copy, reason, name === copy.name ? {} : { name });
}
