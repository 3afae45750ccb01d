// Matchers for responses.

import { type Matcher, matcher } from "./define.ts";

/** `expect(response).toHaveStatus(201)`; asymmetric matchers are allowed. */
export function toHaveStatus(): Matcher {
  return matcher("toHaveStatus", ({ equals, printExpected, printReceived }, received, [expected]) => {
    if (!(received instanceof Response)) {
      throw new TypeError("toHaveStatus() takes a Response; was the promise of fetch() awaited?");
    }
    const type = received.headers.get("content-type");
    const about = `${received.statusText === "" ? "" : ` ${received.statusText}`}${type === null ? "" : ` (${type})`}`;
    return {
      pass: equals(received.status, expected),
      failure: () =>
        `Expected status: ${printExpected(expected)}\nReceived status: ${printReceived(received.status)}${about}`,
      negated: () => `Expected status: not ${printExpected(expected)}`,
    };
  });
}
