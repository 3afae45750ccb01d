// The client's errors: D1_ERROR around what the database refuses, and the engine's own words for misuse.

import { BunflareError } from "../../errors.ts";

/** Runs `work`; what the database refuses gets D1's prefix, and the message without it as its cause. */
export function wrap<T>(
  work: () => T,
  word: (message: string) => readonly [prefix: string, message: string] = (message) => [
    "D1_ERROR",
    message,
  ],
): T {
  try {
    return work();
  } catch (error) {
    // TypeErrors come from sending the request, before the database sees it.
    if (!(error instanceof Error) || error instanceof TypeError || error instanceof BunflareError)
      throw error;
    const [prefix, message] = word(error.message);
    throw new Error(`${prefix}: ${message}`, { cause: new Error(message) });
  }
}

/** V8's error for `value.member` where value is null or undefined. */
export function missing(value: null | undefined, member: string): TypeError {
  return new TypeError(`Cannot read properties of ${value} (reading '${member}')`);
}

/** V8's error for a method that was taken off its object. */
export function reading(receiver: undefined, member: string): TypeError {
  return missing(receiver, member);
}

/** V8's error for a call of what is no function. */
export function notFunction(expression: string): TypeError {
  return new TypeError(`${expression} is not a function`);
}
