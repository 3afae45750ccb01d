// What does not cross RPC, as an argument (the call rejects here) and as a result (it is refused at the other side).

import { RpcTarget, WorkerEntrypoint } from "cloudflare:workers";
import { script } from "../../script.ts";

class Custom {
  field = 1;
}
class Derived extends Custom {}
class Emitter extends EventTarget {}

const made: Record<string, () => unknown> = {
  custom: () => new Custom(),
  nestedCustom: () => ({ list: [new Map([["key", new Custom()]])] }),
  promiseInList: () => [Promise.resolve(1)],
  symbol: () => Symbol("s"),
  url: () => new URL("https://example.com/"),
  nullPrototype: () => Object.assign(Object.create(null) as object, { a: 1 }),
  weakMap: () => new WeakMap(),
  iterator: () => [1].values(),
  throwingGetter: () => ({
    get bad() {
      throw new RangeError("from a getter");
    },
  }),
};

export class Refusing extends WorkerEntrypoint {
  echo(value: unknown): unknown {
    return value;
  }
  // Named by a key, so that each call has a shape of its own.
  make(what: object): unknown {
    return made[Object.keys(what)[0] ?? ""]?.();
  }
}

export default script<{ SELF: Refusing }>({
  id: "rpc-refusals",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "SELF", service: "conformance", entrypoint: "Refusing" }] },
  async run({ env: { SELF }, call }) {
    const detached = new ArrayBuffer(4);
    detached.transfer();
    const values: [string, unknown][] = [
      ["a class instance", new Custom()],
      ["a subclass instance", new Derived()],
      ["a nested instance", { deep: [new Custom()] }],
      ["an object without a prototype", made["nullPrototype"]?.()],
      ["an object with a prototype of its own", Object.create({ inherited: 1 })],
      ["an instance of an anonymous class", new (class {})()],
      ["an object that inherits from Error", Object.create(Error.prototype)],
      ["a symbol", Symbol("label")],
      ["a well-known symbol", { value: Symbol.iterator }],
      ["a boxed symbol", Object(Symbol("boxed"))],
      ["a WeakMap", new WeakMap()],
      ["a WeakSet", new WeakSet()],
      ["a WeakRef", new WeakRef({})],
      ["a promise", { later: Promise.resolve(1) }],
      ["a generator", (function* numbers() {})()],
      ["a list's iterator", [1].values()],
      ["a Map's iterator", new Map().entries()],
      ["a number format", new Intl.NumberFormat()],
      ["a URL", new URL("https://example.com/")],
      ["URLSearchParams", new URLSearchParams("a=1")],
      ["a FormData", new FormData()],
      ["an AbortController", new AbortController()],
      ["an AbortSignal", new AbortController().signal],
      ["an Event", new Event("click")],
      ["a subclass of EventTarget", new Emitter()],
      ["a TransformStream", new TransformStream()],
      ["a TextEncoder", new TextEncoder()],
      ["a detached buffer", detached],
      ["a Proxy of a list", new Proxy([1], {})],
      ["a Proxy of an instance", new Proxy(new Custom(), {})],
      ["an error with an instance", Object.assign(new Error("with"), { custom: new Custom() })],
      ["an RpcTarget beside an instance", [new RpcTarget(), new Custom()]],
    ];
    for (const [what, value] of values)
      await call(`SELF.echo of ${what}`, SELF, [value, { [what]: 1 }]);
    for (const what of Object.keys(made)) await call(`SELF.make of ${what}`, SELF, [{ [what]: 1 }]);
  },
});
