// Matchers for requests and responses.

import { nearest } from "../runtime/inspect.ts";
import { type Matcher, matcher } from "./define.ts";

/** `expect(response).toHaveStatus(201)`; asymmetric matchers are allowed. */
export function toHaveStatus(): Matcher {
  return matcher(
    "toHaveStatus",
    ({ equals, printExpected, printReceived }, received, [expected]) => {
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
    },
  );
}

/**
 * `expect(response).toHaveHeader("content-type", "text/html")`: a Request, Response or Headers has the header, with this
 * value; asymmetric matchers are allowed. Of several cookies that are set one must fit.
 */
export function toHaveHeader(): Matcher {
  return matcher("toHaveHeader", ({ equals, printExpected, printReceived }, received, args) => {
    const [name, expected] = args;
    if (typeof name !== "string") throw new TypeError("toHaveHeader() takes the name of a header.");
    const headers = headersOf(received);
    const values = valuesOf(headers, name);
    const hasValue = args.length > 1;
    const wanted = `${name}${hasValue ? `: ${printExpected(expected)}` : ""}`;
    const is = (): string =>
      `Received: ${values.map((value) => printReceived(value)).join(" and ")}`;
    return {
      pass: values.length > 0 && (!hasValue || values.some((value) => equals(value, expected))),
      failure: () =>
        `Expected header ${wanted}\n${values.length > 0 ? is() : others(headers, name)}`,
      negated: () => `Expected no header ${wanted}\n${is()}`,
    };
  });
}

function headersOf(received: unknown): Headers {
  if (received instanceof Headers) return received;
  if (received instanceof Response || received instanceof Request) return received.headers;
  throw new TypeError(
    "toHaveHeader() takes a Request, a Response or Headers; was the promise of fetch() awaited?",
  );
}

/** More than one only of set-cookie. */
function valuesOf(headers: Headers, name: string): string[] {
  if (name.toLowerCase() === "set-cookie") return headers.getSetCookie();
  const value = headers.get(name);
  return value === null ? [] : [value];
}

function others(headers: Headers, name: string): string {
  const names = [...new Set([...headers].map(([each]) => each))];
  if (names.length === 0) return "There are no headers.";
  const near = nearest(name, names);
  return `There are ${names.join(", ")}${near === undefined ? "" : `; nearest: ${near}: ${headers.get(near)}`}.`;
}
