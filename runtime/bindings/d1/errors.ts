// The client's errors: D1_ERROR around what the database refuses, and V8's words for misuse.

import { BunflareError } from "../../errors.ts";

/** What the database refuses gets D1's prefix; its cause is the message without it. */
export function wrapped(error: unknown, prefix = "D1_ERROR", place = ""): unknown {
  // TypeErrors come from sending the request, before the database sees it.
  const isOurs = error instanceof TypeError || error instanceof BunflareError;
  if (!(error instanceof Error) || isOurs) return error;
  const message = place + error.message;
  return new Error(`${prefix}: ${message}`, { cause: new Error(message) });
}

/** What the database refuses, as it comes from the other side of a call: without a prefix in its message. */
export function remote(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof BunflareError) return error;
  return Object.assign(new Error(error.message), { name: "D1_ERROR", remote: true });
}

/** V8's error for `value.member` where value is null or undefined: also `this` of a method taken off its object. */
export function missing(value: null | undefined, member: string): TypeError {
  return new TypeError(`Cannot read properties of ${value} (reading '${member}')`);
}

/** V8's error for a call of what is no function. */
export function notFunction(expression: string): TypeError {
  return new TypeError(`${expression} is not a function`);
}
