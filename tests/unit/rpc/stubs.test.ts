// Stubs as objects: what tools see of them, and what they keep for themselves.

import { describe, expect, spyOn, test } from "bun:test";
import { RpcTarget } from "../../../runtime/rpc/members.ts";
import { createLoopback, type Remote } from "./loopback.ts";

class User extends RpcTarget {
  get name(): string {
    return "Ada";
  }
  length(by: number): number {
    return 3 * by;
  }
  greet(whom: string): string {
    return `Ada greets ${whom}`;
  }
}

class Service {
  user(): User {
    return new User();
  }
  greet(whom: string): string {
    return `hello ${whom}`;
  }
}

describe("a stub", () => {
  test("can be spied on, and restored", async () => {
    const { service } = createLoopback();
    const target = service(() => new Service());
    const stub: Remote = await target["user"]();
    for (const [object, greeting] of [
      [target, "hello Bob"],
      [stub, "Ada greets Bob"],
    ] as const) {
      const spy = spyOn(object, "greet");
      expect(await object["greet"]("Bob")).toBe(greeting);
      expect(spy).toHaveBeenCalledWith("Bob");
      spy.mockReturnValue("mocked");
      expect(object["greet"]("Bob")).toBe("mocked");
      spy.mockRestore();
      expect(await object["greet"]("Bob")).toBe(greeting);
    }
  });

  test("has no names of a function: they are members", async () => {
    const { service } = createLoopback();
    const user: Remote = await service(() => new Service())["user"]();
    expect(Reflect.ownKeys(user)).toEqual([]);
    expect(await user["name"]).toBe("Ada");
    expect(await user["length"](2)).toBe(6);
  });

  test("prints without a call", () => {
    const loopback = createLoopback();
    const target = loopback.service(() => new Service());
    expect(Bun.inspect(target)).toContain("Fetcher {");
    expect(Bun.inspect(target["user"])).toBe("[Function: RpcProperty]");
    expect(Bun.inspect(new loopback.rpc.RpcStub({}))).toBe("[JsRpcStub: RpcStub]");
    expect(JSON.stringify({ target, list: [target["user"]] })).toBe('{"target":{},"list":[null]}');
    expect(loopback.delivered).toBe(0);
  });

  test("is no promise, and can be awaited", async () => {
    const loopback = createLoopback();
    const stub = new loopback.rpc.RpcStub({});
    expect(Reflect.get(stub, "then")).toBeUndefined();
    expect(await stub).toBe(stub);
    expect(loopback.delivered).toBe(0);
  });

  test("prefers what is declared in front of its members", () => {
    const target = createLoopback().service(() => new Service());
    expect(target["fetch"]()).toBe("fetched here");
  });
});

describe("a promise", () => {
  test("takes properties of its own, and no others share them", async () => {
    const target = createLoopback().service(() => new Service());
    const promise: Remote = target["greet"]("Ada");
    promise["note"] = 1;
    expect([promise["note"], Object.keys(promise)]).toEqual([1, ["note"]]);
    expect(Object.keys(target["greet"]("Bob"))).toEqual([]);
    delete promise["note"];
    expect(typeof promise["note"]).toBe("function");
    expect(`${await promise}`).toBe("hello Ada");
  });

  test("has methods that work on promises only", () => {
    const { rpc, service } = createLoopback();
    const promise: Remote = service(() => new Service())["greet"]("Ada");
    expect(() => promise["then"].call({}, () => 1)).toThrow("Illegal invocation");
    expect(() => promise["catch"]()).toThrow(
      "Failed to execute 'catch' on 'JsRpcPromise': parameter 1 is not of type 'Function'.",
    );
    expect(Object.getPrototypeOf(promise)).toBe(rpc.RpcPromise.prototype);
    expect(promise).not.toBeInstanceOf(Promise);
  });

  test("that fails and is not waited for fails nothing else", async () => {
    const target = createLoopback().service(() => new Service());
    target["missing"]();
    expect(await target["greet"]("Ada")).toBe("hello Ada");
  });
});
