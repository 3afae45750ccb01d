// Errors over RPC before compatibility date 2026-04-21: only the class and the message travel.

import { WorkerEntrypoint } from "cloudflare:workers";
import { script } from "../../script.ts";

class Mine extends Error {
  override name = "MyError";
  code = 7;
}
class Getter extends Error {
  override get name(): string {
    return "FromAGetter";
  }
}

const thrown: Record<string, () => unknown> = {
  Error: () => new Error("plain"),
  RangeError: () => new RangeError("ranged"),
  ownName: () => new Mine("mine", { cause: new Error("inner") }),
  nameGetter: () => new Getter("got"),
  Aggregate: () => new AggregateError([new Error("one")], "several"),
  DOMException: () => new DOMException("aborted", "AbortError"),
  builtinName: () => Object.assign(new Error("renamed"), { name: "SyntaxError" }),
  emptyName: () => Object.assign(new Error("nameless"), { name: "" }),
  emptyMessage: () => new TypeError(""),
  retryable: () => Object.assign(new Error("again"), { retryable: true, durableObjectReset: true }),
  overloaded: () => Object.assign(new Error("busy"), { retryable: true, overloaded: true }),
  colonInText: () => new Error("TypeError: not really"),
  text: () => "text",
  number: () => 5,
  nothing: () => undefined,
  object: () => ({ status: 404 }),
  instance: () => new (class Foo {})(),
  list: () => [1],
  date: () => new Date(5),
  map: () => new Map(),
  url: () => new URL("https://example.com/"),
};

// What to throw is named by a key, so that each call has a shape of its own.
function make(what: object): unknown {
  return thrown[Object.keys(what)[0] ?? ""]?.();
}

export class Old extends WorkerEntrypoint {
  raise(what: object): unknown {
    throw make(what);
  }
  hand(what: object): unknown {
    return make(what);
  }
}

export default script<{ SELF: Old }>({
  id: "rpc-errors-before",
  compatibilityDate: "2026-04-01",
  config: { services: [{ binding: "SELF", service: "conformance", entrypoint: "Old" }] },
  async run({ env: { SELF }, call }) {
    for (const what of Object.keys(thrown)) await call(`SELF.raise ${what}`, SELF, [{ [what]: 1 }]);
    for (const what of [
      "Error",
      "RangeError",
      "ownName",
      "nameGetter",
      "Aggregate",
      "DOMException",
      "builtinName",
    ]) {
      await call(`SELF.hand ${what}`, SELF, [{ [what]: 1 }]);
    }
  },
});
