// Which members can be reached: of an entrypoint, an RpcTarget, a plain object, a function; and how their absence reads.

import { RpcTarget, WorkerEntrypoint } from "cloudflare:workers";
import { script } from "../../script.ts";
import { read } from "./helpers/read.ts";

class Counter extends RpcTarget {
  field = 1;
  #hidden = 2;
  readonly #start: number;
  constructor(start: number) {
    super();
    this.#start = start;
  }
  static make(): number {
    return 0;
  }
  add(by: number): number {
    return this.#start + by + this.#hidden;
  }
  _under(): string {
    return "under";
  }
  get value(): number {
    return this.#start;
  }
  get data(): object {
    return { list: [1, 2], twice: (n: number) => n * 2 };
  }
  get broken(): never {
    throw new RangeError("from a getter");
  }
  get name(): string {
    return "a name";
  }
  fetch(): string {
    return "fetched";
  }
  alarm(): string {
    return "alarmed";
  }
  next(by: number): Counter {
    return new Counter(this.#start + by);
  }
  override toString(): string {
    return "mine";
  }
}
class More extends Counter {
  extra(text: string): string {
    return `extra ${text}`;
  }
}

export class Entry extends WorkerEntrypoint<{ KV: unknown }> {
  field = 3;
  static shared(): number {
    return 1;
  }
  counter(start: number): Counter {
    return new Counter(start);
  }
  more(start: number): More {
    return new More(start);
  }
  get settings(): object {
    return { depth: { inner: 5 } };
  }
  get triple(): (n: number) => number {
    return (n) => n * 3;
  }
  object(seed: number): object {
    return {
      number: seed,
      nothing: null,
      list: [seed],
      inner: { call: (n: number) => n + seed, deep: { text: "deep" } },
      counter: new Counter(seed),
      callable: Object.assign(() => seed, { property: { of: "function" }, method: () => "m" }),
    };
  }
  adder(by: number): (n: number) => number {
    return (n) => n + by;
  }
  list(length: number): unknown[] {
    return Array.from({ length }, (_, i) => i);
  }
  text(times: number): string {
    return "x".repeat(times);
  }
  nothing(_: number): null {
    return null;
  }
  map(size: number): Map<string, number> {
    return new Map([["size", size]]);
  }
  date(time: number): Date {
    return new Date(time);
  }
  fail(code: number): never {
    throw new TypeError(`failed ${code}`);
  }
  count(...args: unknown[]): unknown {
    return [args.length, args.map((arg) => typeof arg)];
  }
  override toString(): string {
    return "mine";
  }
  alarm(): void {}
  webSocketMessage(): void {}
  webSocketClose(): void {}
  webSocketError(): void {}
  dup(): void {}
  email(): string {
    return "email";
  }
  trace(): string {
    return "trace";
  }
  catch(): string {
    return "caught";
  }
}

/** Awaits a property; what is read is told by the argument's shape. */
class Reader {
  readonly #property: unknown;
  constructor(property: unknown) {
    this.#property = property;
  }
  read(_shape: object): unknown {
    return this.#property;
  }
}

function nest(path: readonly string[]): object {
  return path.reduceRight<object>((inner, name) => ({ [name]: inner }), {});
}

export default script<{ SELF: Entry }>({
  id: "rpc-members",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "SELF", service: "conformance", entrypoint: "Entry" }] },
  async run({ env: { SELF }, call, chain, make }) {
    const together = { pipeline: true } as const;
    const counter = await chain("SELF", SELF, ["counter", 10]);
    await call("counter.add", counter, [5]);
    for (const name of ["value", "data", "broken", "name", "field", "missing", "#hidden", "add"]) {
      await call(`read.member ${name} of an RpcTarget`, read, [counter, { [name]: 1 }]);
    }
    for (const [name, argument] of [
      ["_under", 0],
      ["make", 0],
      ["field", 0],
      ["value", 0],
      ["fetch", 0],
      ["alarm", 0],
      ["constructor", 0],
      ["unknown", 0],
    ] as const) {
      await chain("an RpcTarget's", counter, [name, argument]);
    }
    await chain.with(together, "pipelined", SELF, ["counter", 1], ["next", 2], ["add", 3]);
    await chain.with(
      together,
      "pipelined getter",
      SELF,
      ["counter", 1],
      ["data"],
      ["then", Object],
    );
    await chain.with(together, "inherited", SELF, ["more", 1], ["add", 3]);
    await chain.with(together, "own of a subclass", SELF, ["more", 1], ["extra", "text"]);

    for (const name of [
      "settings",
      "triple",
      "field",
      "env",
      "ctx",
      "nowhere",
      "shared",
      "count",
    ]) {
      await call(`read.member ${name} of an entrypoint`, read, [SELF, { [name]: 1 }]);
    }
    await call("SELF.triple", SELF, [4]);
    await call("SELF.settings", SELF, ["called"]);
    await call("SELF.count", SELF, [undefined, 1, undefined]);
    for (const name of [
      "alarm",
      "webSocketMessage",
      "webSocketClose",
      "webSocketError",
      "dup",
      "email",
      "trace",
      "catch",
      "field",
      "shared",
      "env",
    ]) {
      await chain("an entrypoint's", SELF, [name, "argument"]);
    }

    const members: (readonly string[])[] = [
      ["number"],
      ["nothing"],
      ["list"],
      ["inner"],
      ["callable"],
      ["counter"],
      ["absent"],
      ["inner", "deep", "text"],
      ["nothing", "beyond"],
      ["list", "length"],
      ["absent", "beyond"],
      ["callable", "property"],
      ["callable", "property", "of"],
      ["callable", "length"],
      ["counter", "value"],
      ["number", "toFixed"],
    ];
    for (const path of members) {
      const property = path.reduce<unknown>(
        (on, name) => Reflect.get(on as object, name),
        make(SELF, ["object", 5]),
      );
      await call(`Reader.read ${path.join(".")}`, new Reader(property), [nest(path)]);
    }
    await chain.with(together, "a method of a member", SELF, ["object", 5], ["callable", 1]);
    await chain.with(together, "not a function", SELF, ["object", 5], ["number", 1]);
    for (const [method, argument, name] of [
      ["adder", 2, "absent"],
      ["list", 3, "length"],
      ["list", 3, "map"],
      ["text", 3, "slice"],
      ["nothing", 3, "beyond"],
      ["map", 3, "get"],
      ["date", 3, "getTime"],
      ["fail", 3, "after"],
    ] as const) {
      await chain.with(together, `${name} of a ${method}`, SELF, [method, argument], [name, 0]);
    }
    const length = Reflect.get(make<object>(SELF, ["adder", 2]), "length") as unknown;
    await call("Reader.read length of a function", new Reader(length), [
      { length: "of a function" },
    ]);
  },
});
