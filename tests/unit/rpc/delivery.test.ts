// How calls reach their target: from macrotasks, in order, and what becomes of errors that are not the worker's.

import { describe, expect, test } from "bun:test";
import type { Realm } from "../../../runtime/rpc/callee.ts";
import { entrypointNames, RpcTarget } from "../../../runtime/rpc/members.ts";
import { ExportedClasses } from "../../../runtime/rpc/exported-classes.ts";
import { StubState } from "../../../runtime/rpc/stub-state.ts";
import { TargetCallee, type TargetSource } from "../../../runtime/rpc/target.ts";
import { createLoopback, type Remote } from "./loopback.ts";

function stubOf(source: TargetSource, realm: Realm): Remote {
  return realm.rpc.stub(new TargetCallee(source)) as unknown as Remote;
}

describe("a call", () => {
  test("arrives in a later turn than all microtasks", async () => {
    const log: string[] = [];
    const target = createLoopback().service(() => ({
      __proto__: { run: () => void log.push("call") },
    }));
    const done = target["run"]();
    for (let i = 0; i < 50; i++) await Promise.resolve();
    log.push("microtasks");
    await done;
    expect(log).toEqual(["microtasks", "call"]);
  });

  test("arrives after the calls before it, pipelined ones after what they wait for", async () => {
    const log: string[] = [];
    class Step extends RpcTarget {
      next(name: string): Step {
        log.push(name);
        return new Step();
      }
    }
    const target = createLoopback().service(() => new Step());
    const first = target["next"]("1");
    const pipelined = first.next("1.1").next("1.1.1");
    await Promise.all([target["next"]("2"), pipelined, first.next("1.2")]);
    expect(log.filter((name) => !name.includes("."))).toEqual(["1", "2"]);
    expect(log.filter((name) => name.startsWith("1"))).toEqual(["1", "1.1", "1.2", "1.1.1"]);
  });

  test("takes its arguments as they are at the time of the call", async () => {
    const target = createLoopback().service(() => ({ __proto__: { echo: (v: unknown) => v } }));
    const value = { list: [1] };
    const call = target["echo"](value);
    value.list.push(2);
    expect((await call).list).toEqual([1]);
  });

  test("waits for a target that is not there yet", async () => {
    const { realm } = createLoopback();
    const stub = stubOf(
      {
        enter: () => realm,
        target: async () => ({ object: new Map(), own: false, reserved: entrypointNames }),
      },
      realm,
    );
    await expect(Promise.resolve(stub["size"])).resolves.toBe(0);
  });
});

describe("an owner's error", () => {
  const broken = Object.assign(new Error("the object was reset"), { durableObjectReset: true });

  test("reaches the caller as it is, and the calls on the result too", async () => {
    const { realm } = createLoopback();
    const refusing: Realm = { ...realm, deliver: () => Promise.reject(broken) };
    const target = () => ({ object: {}, own: true, reserved: [] });
    const stub = stubOf({ enter: () => refusing, target }, realm);
    const call = stub["anything"]();
    await expect(Promise.resolve(call)).rejects.toBe(broken);
    await expect(Promise.resolve(call.more.and())).rejects.toBe(broken);
    expect(Object.hasOwn(broken, "remote")).toBe(false);
  });

  test("before the call started drops what its arguments hold", async () => {
    let disposed = 0;
    const { realm } = createLoopback();
    const refusing: Realm = { ...realm, deliver: () => Promise.reject(broken) };
    const target = () => ({ object: {}, own: true, reserved: [] });
    const stub = stubOf({ enter: () => refusing, target }, realm);
    const argument = Object.assign(() => 1, { [Symbol.dispose]: () => void disposed++ });
    await expect(Promise.resolve(stub["call"](argument))).rejects.toBe(broken);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(disposed).toBe(1);
  });
});

describe("the worker's own error", () => {
  test("passes through the delivery too, so that its owner sees it", async () => {
    const { realm } = createLoopback();
    const seen: unknown[] = [];
    const watching: Realm = {
      ...realm,
      deliver: (work) =>
        realm.deliver(work).catch((error: unknown) => {
          seen.push(error);
          throw error;
        }),
    };
    const thrown = new TypeError("mine");
    const object = {
      fail() {
        throw thrown;
      },
    };
    const target = () => ({ object, own: true, reserved: [] });
    const stub = stubOf({ enter: () => watching, target }, realm);
    const caught: unknown = await stub["fail"]().catch((error: unknown) => error);
    expect(seen).toEqual([thrown]);
    expect(seen[0]).toBe(thrown);
    expect(caught).not.toBe(thrown);
    expect(caught).toMatchObject({ message: "mine", remote: true });
  });

  test("keeps the stack that says where it was thrown", async () => {
    const target = createLoopback().service(() => ({
      __proto__: {
        failHere() {
          throw new Error("with a stack");
        },
      },
    }));
    const caught: Error = await target["failHere"]().catch((error: Error) => error);
    expect(caught.stack).toContain("failHere");
  });
});

test("the answer goes through the realm of the caller", async () => {
  const { rpc, realm } = createLoopback();
  let received = 0;
  const { createRpc } = await import("../../../runtime/rpc/stub.ts");
  const caller: Realm = {
    ...realm,
    receive: (answer) => {
      received++;
      return answer;
    },
  };
  const own = createRpc(() => caller, new ExportedClasses());
  const callee = rpc.expose({ answer: () => 42 }, true, realm);
  const stub = own.stub(callee) as unknown as Remote;
  expect([await stub["answer"](), received]).toEqual([42, 1]);
  expect(new StubState(callee).callee()).toBe(callee);
});
