// Errors over RPC at a current compatibility date: thrown ones, and those that are passed as values.

import { WorkerEntrypoint } from "cloudflare:workers";
import { script } from "../../script.ts";

class Mine extends Error {
  override name = "MyError";
  code = 7;
  details = { list: [1] };
}
class Typed extends TypeError {}

const thrown: Record<string, () => unknown> = {
  Error: () => new Error("plain"),
  TypeError: () => new TypeError("typed"),
  aSubclass: () => new Mine("mine", { cause: new RangeError("inner") }),
  aSubclassOfTypeError: () => new Typed("still typed"),
  AggregateError: () => new AggregateError([new Error("one"), 2], "several"),
  DOMException: () => new DOMException("aborted", "AbortError"),
  aName: () => Object.assign(new Error("renamed"), { name: "Renamed" }),
  aBuiltinSName: () => Object.assign(new Error("renamed"), { name: "RangeError" }),
  noMessage: () => new TypeError(),
  retryFlags: () =>
    Object.assign(new Error("flags"), { retryable: true, overloaded: false, remote: false }),
  aFunctionInside: () =>
    Object.assign(new Error("inside"), { callback: () => 1, overloaded: true }),
  anInstanceInside: () => Object.assign(new Error("inside"), { mine: new Mine("deep") }),
  itselfAsItsCause: () => {
    const error = new Error("circular");
    error.cause = error;
    return error;
  },
  aString: () => "text",
  aNumber: () => 5,
  null: () => null,
  undefined: () => undefined,
  aSymbol: () => Symbol("thrown"),
  anObject: () => ({ status: 404, nested: { ok: false } }),
  aList: () => [1, 2],
  aDate: () => new Date(5),
  aPromise: () => Promise.resolve(1),
  anObjectWithAFunction: () => ({ method() {} }),
  frozenObject: () => Object.freeze({ cold: true }),
};

// What to throw is named by a key, so that each call has a shape of its own.
function make(what: object): unknown {
  return thrown[Object.keys(what)[0] ?? ""]?.();
}

export class Throwing extends WorkerEntrypoint<{ SELF: Throwing }> {
  fail(what: object): unknown {
    throw make(what);
  }
  async failLater(what: object): Promise<unknown> {
    await Promise.resolve();
    throw make(what);
  }
  async forward(what: object): Promise<unknown> {
    return this.env.SELF.fail(what);
  }
  async wrap(what: object): Promise<unknown> {
    try {
      return await this.env.SELF.fail(what);
    } catch (cause) {
      throw new Error("wrapped", { cause });
    }
  }
  async callBack(callback: () => unknown): Promise<unknown> {
    return callback();
  }
  give(what: object): unknown {
    return make(what);
  }
  echo(value: unknown): unknown {
    return value;
  }
}

export default script<{ SELF: Throwing }>({
  id: "rpc-errors",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "SELF", service: "conformance", entrypoint: "Throwing" }] },
  async run({ env: { SELF }, call }) {
    for (const what of Object.keys(thrown)) {
      await call(`SELF.fail with ${what}`, SELF, [{ [what]: 1 }]);
    }
    await call("SELF.failLater with Error", SELF, [{ Error: 1 }]);
    await call("SELF.forward of TypeError", SELF, [{ TypeError: 1 }]);
    await call("SELF.forward of a subclass", SELF, [{ aSubclass: 1 }]);
    await call("SELF.wrap of a subclass", SELF, [{ aSubclass: 1 }]);
    await call("SELF.wrap of an object", SELF, [{ anObject: 1 }]);
    await call("SELF.callBack that throws", SELF, [
      () => {
        throw new RangeError("from the caller");
      },
    ]);
    for (const what of [
      "Error",
      "aSubclass",
      "AggregateError",
      "DOMException",
      "aName",
      "noMessage",
      "itselfAsItsCause",
    ]) {
      await call(`SELF.give of ${what}`, SELF, [{ [what]: 1 }]);
    }
    await call("SELF.echo of an error with properties", SELF, [
      Object.assign(new URIError("uri"), { 1: "index", [Symbol("key")]: 1, code: "E_URI" }),
    ]);
    await call("SELF.echo of an error with a hidden property", SELF, [
      Object.defineProperty(new EvalError("eval"), "hidden", { value: 1 }),
    ]);
  },
});
