// Stubs, functions and promises: what they look like, how they are passed on, and whose they are.

import { RpcPromise, RpcProperty, RpcStub, RpcTarget, WorkerEntrypoint } from "cloudflare:workers";
import { script } from "../../script.ts";
import { read } from "./helpers/read.ts";

const log: string[] = [];

class Greeter extends RpcTarget {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }
  greet(whom: string): string {
    return `${this.#name} greets ${whom}`;
  }
  child(name: string): Greeter {
    return new Greeter(name);
  }
  remember(callback: () => unknown): number {
    kept = callback as unknown as Kept;
    return 1;
  }
  [Symbol.dispose](): void {
    log.push(`disposed ${this.#name}`);
  }
}

class Copied extends RpcTarget {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }
  dup(): Copied {
    log.push(`dup of ${this.#name}`);
    return new Copied(`${this.#name}'`);
  }
  greet(whom: string): string {
    return `${this.#name} greets ${whom}`;
  }
  [Symbol.dispose](): void {
    log.push(`disposed ${this.#name}`);
  }
}

class BadCopy extends RpcTarget {
  dup(): number {
    return 5;
  }
}

type Kept = { greet(whom: string): unknown; (...args: unknown[]): unknown };
let kept: Kept | undefined;

export class Stubs extends WorkerEntrypoint {
  greeter(name: string): Greeter {
    return new Greeter(name);
  }
  pair(name: string): object {
    return {
      greeter: new Greeter(name),
      callback: () => name,
      [Symbol.dispose]() {
        log.push(`disposed the pair of ${name}`);
      },
    };
  }
  list(name: string): unknown[] {
    return [new Greeter(name), 1];
  }
  echo(value: unknown): unknown {
    return value;
  }
  async use(greeter: Kept, whom: string): Promise<unknown> {
    return greeter.greet(whom);
  }
  keep(value: Kept): number {
    kept = value;
    return 1;
  }
  async useKept(whom: string): Promise<unknown> {
    return kept?.greet(whom);
  }
  async callTwice(callback: (n: number) => unknown): Promise<unknown> {
    return [await callback(1), await callback(2)];
  }
  kinds(...values: unknown[]): unknown {
    return values.map((value) => [
      value instanceof RpcStub,
      value instanceof RpcTarget,
      typeof value,
      Object.prototype.toString.call(value),
    ]);
  }
  twins(first: unknown, second: unknown): unknown {
    return first === second;
  }
  adder(by: number): (n: number) => number {
    return (n) => n + by;
  }
  mutate(value: { n: number }): unknown {
    value.n++;
    return value;
  }
  order(n: number): number {
    log.push(`call ${n}`);
    return n;
  }
  drain(_why: string): string[] {
    return log.splice(0);
  }
}

type Stub = { greet(whom: string): PromiseLike<unknown>; dup(): Stub } & Disposable;

/** Asks what cannot be called: each with an argument that tells them apart. */
const ask = {
  kind: (value: unknown, _of: object) => [
    typeof value,
    Object.prototype.toString.call(value),
    value instanceof RpcStub,
    value instanceof RpcPromise,
    value instanceof RpcProperty,
    value instanceof Promise,
    Reflect.ownKeys(value as object),
    JSON.stringify(value) === undefined,
    String(value),
  ],
  has: (value: object, names: PropertyKey[], _of: object) => names.map((name) => name in value),
  types: (value: object, names: PropertyKey[], _of: object) =>
    names.map((name) => typeof Reflect.get(value, name)),
};

export default script<{ SELF: Stubs }>({
  id: "rpc-stubs",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "SELF", service: "conformance", entrypoint: "Stubs" }] },
  async run({ env: { SELF }, call, chain, make }) {
    const together = { pipeline: true } as const;
    const quiet = { counts: false } as const;
    const greeter = await chain.with<Stub>(quiet, "SELF", SELF, ["greeter", "Ada"]);
    const promise = make<object>(SELF, ["echo", { a: 1 }]);
    const kinds: [string, object][] = [
      ["stub", greeter],
      ["promise", promise],
      ["property", Reflect.get(promise, "a") as object],
      ["method", Reflect.get(greeter, "greet") as object],
      ["service", SELF],
    ];
    for (const [name, value] of kinds) {
      await call(`ask.kind of a ${name}`, ask, [value, { [name]: 1 }]);
      await call(`ask.has of a ${name}`, ask, [
        value,
        ["dup", "then", "anything", Symbol.dispose],
        { [name]: 1 },
      ]);
      await call(`ask.types of a ${name}`, ask, [
        value,
        ["dup", "then", "catch", "call", "name", "length", "toString", "0", Symbol.dispose],
        { [name]: 1 },
      ]);
    }

    await call("SELF.kinds of what arrives", SELF, [() => 1, new Greeter("K"), greeter, class {}]);
    await call("SELF.kinds of Proxies", SELF, [
      new Proxy({ plain: 1 }, {}),
      new Proxy(new RpcTarget(), {}),
      new Proxy(() => 1, {}),
    ]);
    const twin = new Greeter("twin");
    await call("SELF.twins of one target", SELF, [twin, twin]);
    await call("SELF.twins of two functions", SELF, [() => 1, () => 1]);

    let sum = 0;
    await call("SELF.callTwice", SELF, [(n: number) => (sum += n)]);
    await call("SELF.callTwice of an async function", SELF, [async (n: number) => n * 2]);
    await call("SELF.callTwice of one that throws", SELF, [
      () => {
        throw new RangeError("callback");
      },
      { throws: 1 },
    ]);
    await chain.with(together, "a returned function", SELF, ["adder", 1], ["call", 2]);
    await chain("a returned function, awaited", SELF, ["adder", 1.5], ["call", 2]);
    const adder = await chain.with<(n: number) => unknown>(quiet, "SELF", SELF, ["adder", 3]);
    await call("add.call of a function stub", { call: (n: number) => adder(n) }, [4]);
    await chain.with(
      together,
      "the result of a promise",
      SELF,
      ["echo", (n: number) => n],
      ["x", 1],
    );

    const value = { n: 1 };
    const mutated = SELF.mutate(value);
    value.n = 10;
    await call("Sum.of a mutated argument", { of: async (p: unknown, _: object) => p }, [
      mutated,
      value,
    ]);
    await Promise.all([SELF.order(1), SELF.order(2), SELF.order(3)]);
    await call("SELF.drain after three calls at once", SELF, ["order"]);

    await call("SELF.use of a stub", SELF, [greeter, "Bob"]);
    await call("greeter.greet after it was passed on", greeter, ["Carol"]);
    await call("SELF.use of an RpcTarget", SELF, [new Greeter("T"), { target: 1 }]);
    await call("SELF.drain after the call with a target", SELF, [{ after: "target" }]);
    await call("SELF.use of a target that can dup", SELF, [new Copied("C"), { copied: 1 }]);
    await call("SELF.drain after the call with a copy", SELF, [{ after: "copy" }]);
    await call("SELF.use of a target that cannot dup", SELF, [new BadCopy(), { bad: 1 }]);
    await call("SELF.keep of a target", SELF, [new Greeter("kept")]);
    await call("SELF.useKept after the call", SELF, [{ after: "keep" }]);

    const again = await chain.with<Stub>(quiet, "SELF", SELF, ["echo", greeter]);
    await call("again.greet through a stub that came back", again, [{ back: 1 }]);
    const copy = greeter.dup();
    greeter[Symbol.dispose]();
    await call("greeter.greet after it was disposed", greeter, [{ disposed: 1 }]);
    await call("read.member of a disposed stub", read, [greeter, { anything: 1 }]);
    await call("SELF.use of a disposed stub", SELF, [greeter, { disposed: 1 }]);
    await call("copy.greet of a duplicate", copy, [{ duplicate: 1 }]);
    copy[Symbol.dispose]();
    copy[Symbol.dispose]();
    await call("copy.greet of a disposed duplicate", copy, [{ duplicate: "disposed" }]);

    const only = await chain.with<Stub>(quiet, "SELF", SELF, ["greeter", "only"]);
    await call("SELF.drain before the only stub is disposed", SELF, [{ before: "the only stub" }]);
    only[Symbol.dispose]();
    await call.with(
      {
        differs: {
          class: "production",
          reason:
            "locally the session ends with its last stub, before the target's disposer could run",
          link: "https://developers.cloudflare.com/workers/runtime-apis/rpc/lifecycle/",
        },
      },
      "SELF.drain after the only stub was disposed",
      SELF,
      [{ after: "the only stub" }],
    );

    const pair = await chain.with<{ greeter: Stub } & Disposable>(quiet, "SELF", SELF, [
      "pair",
      "P",
    ]);
    const disposer = Object.getOwnPropertyDescriptor(pair, Symbol.dispose);
    await call("Object.values of a disposer", { values: (d: unknown, _: object) => d }, [
      [disposer?.enumerable, disposer?.writable, disposer?.configurable],
      { of: "a result" },
    ]);
    pair[Symbol.dispose]();
    await call("pair.greet after its result was disposed", pair.greeter, [{ pair: 1 }]);
    const list = await chain.with<[Stub] & Disposable>(quiet, "SELF", SELF, ["list", "L"]);
    list[Symbol.dispose]();
    await call("list.greet after its list was disposed", list[0], [{ list: 1 }]);

    const early = make<Disposable & { greeter: Stub }>(SELF, ["pair", "E"]);
    early[Symbol.dispose]();
    await call("early.greet of a disposed promise", early.greeter, [{ early: 1 }]);
    const late = make<Disposable & PromiseLike<{ greeter: Stub }>>(SELF, ["pair", "F"]);
    const result = await late;
    late[Symbol.dispose]();
    await call("late.greet of a disposed result", result.greeter, [{ late: 1 }]);
    const settled = make<PromiseLike<unknown> & { length: unknown; greeter: Stub }>(SELF, [
      "echo",
      "text",
    ]);
    await settled;
    await call("read.member of a promise that gave text", read, [settled, { length: 1 }]);
    const object = make<PromiseLike<unknown> & { greeter: Stub }>(SELF, ["pair", "G"]);
    await object;
    await call("object.greet of a promise that gave an object", object.greeter, [{ settled: 1 }]);
  },
});
