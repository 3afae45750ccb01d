// Calls of a class's methods through a stub.

import { DurableObject } from "cloudflare:workers";
import { script } from "../../script.ts";
import { configOf } from "./support/inside.ts";

class MyError extends Error {
  override name = "MyError";
  extra = 1;
}

class Inherited extends DurableObject {
  inherited(): string {
    return "inherited";
  }
}

export class Counter extends Inherited {
  field = 5;
  arrow = () => 5;
  n = 0;
  static create(): number {
    return 1;
  }
  get getter(): number {
    return 7;
  }
  increment(by = 1): number {
    return (this.n += by);
  }
  _hidden(value: unknown): unknown {
    return value;
  }
  async stored(key: string, value?: unknown): Promise<unknown> {
    if (value !== undefined) await this.ctx.storage.put(key, value);
    return this.ctx.storage.get(key);
  }
  who(): unknown {
    return [this.ctx.id.name ?? null, this.ctx.id.toString().length];
  }
  mutate(list: unknown[]): unknown[] {
    list.push("there");
    return list;
  }
  count(...args: unknown[]): number {
    return args.length;
  }
  list(): number[] {
    return [1, 2];
  }
  object(): unknown {
    return { a: { b: 1 }, f: (x: number) => x + this.n, date: new Date(0) };
  }
  fail(kind: string): unknown {
    if (kind === "custom") throw new MyError("mine");
    if (kind === "range") throw new RangeError("out");
    if (kind === "text") throw "text";
    if (kind === "retryable") throw Object.assign(new Error("again"), { retryable: true });
    return { bad: Symbol("s") };
  }
  async ownStub(): Promise<number> {
    const env = this.env as { OBJECTS: DurableObjectNamespace<Counter> };
    return env.OBJECTS.get(this.ctx.id).increment(10);
  }
  override async alarm(): Promise<void> {}
}

export class Plain {
  method(): number {
    return 1;
  }
}

export default script<{ OBJECTS: DurableObjectNamespace; PLAIN: DurableObjectNamespace }>({
  id: "durable-objects-rpc",
  compatibilityDate: "2026-11-01",
  config: {
    durable_objects: {
      bindings: [
        { name: "OBJECTS", class_name: "Counter" },
        { name: "PLAIN", class_name: "Plain" },
      ],
    },
    migrations: [
      ...(configOf("Counter")["migrations"] as object[]),
      { tag: "v2", new_sqlite_classes: ["Plain"] },
    ],
  },
  async run({ env: { OBJECTS, PLAIN }, call, chain, note }) {
    const stub = OBJECTS.getByName("rpc") as unknown as Record<
      string,
      (...args: unknown[]) => unknown
    >;
    await call("stub.increment", stub, [2]);
    await call("stub.increment by nothing", stub, []);
    await call("stub.increment by undefined", stub, [undefined]);
    await call("stub.inherited", stub, ["x"]);
    await call("stub._hidden", stub, [{ a: new Date(0), b: [1n, undefined] }]);
    await call("stub.stored", stub, ["key", { x: 1 }]);
    await call("stub.stored read", stub, ["key"]);
    await call("stub.mutate", stub, [["here"]]);
    await call("stub.count", stub, [1, undefined, null]);
    await chain("getter", stub, ["getter"]);
    await call("stub.getter as a method", stub, [1]);
    await call("stub.field", stub, [1]);
    await chain("field as a property", stub, ["field"]);
    for (const member of ["arrow", "create", "env", "ctx", "missing", "hasOwnProperty"]) {
      await chain(member, stub, [member, 1]);
    }
    for (const member of ["alarm", "dup", "webSocketMessage", "webSocketClose", "webSocketError"]) {
      await chain(member, stub, [member, {}]);
    }
    for (const kind of ["custom", "range", "text", "retryable", "bad"]) {
      await call.with(kind === "custom" ? {} : { counts: false }, "stub.fail", stub, [kind]);
    }
    await call("stub.count a symbol", stub, [Symbol("s")]);
    await call("stub.count an id", stub, [OBJECTS.idFromName("x")]);
    await call("stub.count a class instance", stub, [new (class Foo {})()]);
    await chain.with({ pipeline: true }, "pipelined call", stub, ["object", 1], ["f", 5]);
    await chain.with({ counts: false }, "a returned function", stub, ["object", 2], ["f", 6]);
    await call("stub.ownStub", stub, [1]);
    await call("stub.who", stub, [1]);
    const text = OBJECTS.get(OBJECTS.idFromString(OBJECTS.idFromName("other").toString()));
    await call.with({ counts: false }, "text.who first reached by the id's text", text, [1]);
    const later = OBJECTS.getByName("other");
    await call.with({ counts: false }, "later.who then by name", later, [1]);
    await chain("name", text, ["name"]);
    const plain = PLAIN.getByName("plain");
    await call.with({ counts: false }, "plain.method", plain, [1, 2]);
    const promise = stub["increment"]?.(1) as Promise<number>;
    await note("a promise", [
      typeof promise,
      promise instanceof Promise,
      Object.prototype.toString.call(promise),
      typeof promise.then,
    ]);
    await note("it resolves", await promise);
    await note("a name's own value", (stub as { name?: unknown }).name);
  },
});
