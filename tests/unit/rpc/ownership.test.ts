// Who disposes what, and when.

import { describe, expect, test } from "bun:test";
import { RpcTarget } from "../../../runtime/rpc/members.ts";
import { createLoopback, type Loopback, type Remote } from "./loopback.ts";

function setUp(options: Parameters<typeof createLoopback>[0] = {}) {
  const log: string[] = [];
  class Thing extends RpcTarget {
    readonly #name: string;
    constructor(name: string) {
      super();
      this.#name = name;
    }
    hello(): string {
      return this.#name;
    }
    [Symbol.dispose](): void {
      log.push(this.#name);
    }
  }
  class Service {
    thing(name: string): Thing {
      return new Thing(name);
    }
    things(name: string): object {
      return { first: new Thing(`${name} 1`), second: new Thing(`${name} 2`) };
    }
    owned(name: string): object {
      return { name, [Symbol.dispose]: () => log.push(`owned ${name}`) };
    }
    async use(thing: Remote): Promise<unknown> {
      return thing["hello"]();
    }
    echo(value: unknown): unknown {
      return value;
    }
    fail(_: unknown): never {
      throw new Error("failed");
    }
    badDispose(): object {
      return {
        [Symbol.dispose]() {
          throw new RangeError("from a disposer");
        },
      };
    }
  }
  const loopback = createLoopback(options);
  return { log, loopback, Thing, target: loopback.service(() => new Service()) };
}

/** Lets every delivery that is on its way arrive. */
async function settle(loopback: Loopback): Promise<void> {
  for (let before = -1; before !== loopback.delivered;) {
    before = loopback.delivered;
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const dispose = (value: Remote): void => value[Symbol.dispose as never]();

describe("a target", () => {
  test("is disposed with its last stub", async () => {
    const { log, loopback, target } = setUp();
    const stub = await target["thing"]("a");
    const copy = stub.dup();
    dispose(stub);
    await settle(loopback);
    expect([log, await copy.hello()]).toEqual([[], "a"]);
    dispose(copy);
    await settle(loopback);
    expect(log).toEqual(["a"]);
  });

  test("that is an argument is disposed when the call has ended", async () => {
    const { log, loopback, Thing, target } = setUp();
    expect(await target["use"](new Thing("b"))).toBe("b");
    await settle(loopback);
    expect(log).toEqual(["b"]);
    await target["fail"](new Thing("c")).catch(() => undefined);
    await settle(loopback);
    expect(log).toEqual(["b", "c"]);
  });

  test("lives on when the callee returns it", async () => {
    const { log, loopback, Thing, target } = setUp();
    const back = await target["echo"](new Thing("d"));
    await settle(loopback);
    expect([log, await back.hello()]).toEqual([[], "d"]);
    dispose(back);
    await settle(loopback);
    expect(log).toEqual(["d"]);
  });

  test("is disposed when the message that mentions it cannot be sent", async () => {
    const { log, loopback, Thing, target } = setUp();
    const call = target["echo"]([new Thing("e"), new Map([[1, Symbol("no")]])]);
    await expect(Promise.resolve(call)).rejects.toThrow("Symbol(no) could not be cloned.");
    await settle(loopback);
    expect(log).toEqual(["e"]);
  });
});

describe("a result", () => {
  test("disposes the stubs in it", async () => {
    const { log, loopback, target } = setUp();
    const things = await target["things"]("f");
    dispose(things);
    await settle(loopback);
    expect(log).toEqual(["f 1", "f 2"]);
    await expect(Promise.resolve(things.first.hello())).rejects.toThrow(
      "RPC stub used after being disposed.",
    );
  });

  test("runs the disposer that the callee gave it, once", async () => {
    const { log, loopback, target } = setUp();
    const owned = await target["owned"]("g");
    await settle(loopback);
    expect([log, owned.name]).toEqual([[], "g"]);
    dispose(owned);
    dispose(owned);
    await settle(loopback);
    expect(log).toEqual(["owned g"]);
  });

  test("of a promise that was disposed before is disposed when it comes", async () => {
    const { log, loopback, target } = setUp();
    const [owned, things] = [target["owned"]("h"), target["things"]("i")];
    dispose(owned);
    dispose(things);
    await settle(loopback);
    expect(log.toSorted()).toEqual(["i 1", "i 2", "owned h"]);
  });

  test("whose disposer throws tells the realm", async () => {
    const { loopback, target } = setUp();
    dispose(await target["badDispose"]());
    await settle(loopback);
    expect(loopback.reported).toEqual([new RangeError("from a disposer")]);
  });
});

describe("a stub in an argument", () => {
  test("stays the caller's since 2026-01-20", async () => {
    const { target } = setUp();
    const stub = await target["thing"]("j");
    expect([await target["use"](stub), await stub.hello()]).toEqual(["j", "j"]);
  });

  test("goes over to the callee before", async () => {
    const { log, loopback, target } = setUp({ duplicatesArguments: false });
    const stub = await target["thing"]("k");
    expect(await target["use"](stub)).toBe("k");
    await expect(Promise.resolve(stub.hello())).rejects.toThrow(
      "RPC stub used after being disposed.",
    );
    await settle(loopback);
    expect(log).toEqual(["k"]);
  });
});
