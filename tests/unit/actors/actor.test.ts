import { expect, test } from "bun:test";
import { patchTimers } from "../../../runtime/clock/timers.ts";
import { openObjects, TestObject } from "../bindings/durable-objects/open-objects.ts";

const START = Date.parse("2026-12-24T18:00:00Z");

function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** What an object and its test both see, outside of any storage. */
interface Shared {
  readonly log: string[];
}

function classFor({ log }: Shared) {
  return class Subject extends TestObject {
    async put(key: string): Promise<string> {
      await this.state.storage.put(key, 1);
      log.push(`wrote ${key}`);
      // What is still to happen in this turn.
      void (async () => {
        for (let i = 0; i < 100; i++) await null;
        log.push("the turn ends");
      })();
      return key;
    }
    async putAndCall(key: string): Promise<void> {
      void this.state.storage.put(key, 1);
      const env = this.env as {
        OBJECTS: { getByName(name: string): { note(text: string): Promise<void> } };
      };
      const called = env.OBJECTS.getByName("other").note(`after ${key}`);
      if (key === "lost") this.state.abort("reset");
      await called;
    }
    note(text: string): void {
      log.push(text);
    }
    async keys(): Promise<unknown> {
      return [...((await this.state.storage.list()) as Map<string, unknown>).keys()];
    }
    tick(): void {
      setInterval(() => log.push("tick"), 1000);
    }
    abort(): void {
      this.state.abort("reset");
    }
    background(): void {
      this.state.waitUntil(Promise.reject(new Error("in the background")));
    }
    endless(): void {
      this.state.waitUntil(new Promise(() => undefined));
    }
    async sleep(ms: number): Promise<string> {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return "slept";
    }
    retry(): string {
      try {
        this.state.abort("caught");
      } catch {
        try {
          this.state.storage.kv.put("key", 1);
        } catch (error) {
          log.push(String(error));
        }
      }
      return "went on";
    }
  };
}

test("an answer waits until what was written before it is committed", async () => {
  const shared = { log: [] as string[] };
  using opened = openObjects(classFor(shared));
  const stub = opened.stub("a");
  await stub["keys"]?.();
  await stub["put"]?.("key");
  shared.log.push("answered");
  expect(shared.log).toEqual(["wrote key", "the turn ends", "answered"]);
});

test("a message leaves an object when what was written before it is committed, and never if it is lost", async () => {
  const shared = { log: [] as string[] };
  using opened = openObjects(classFor(shared));
  await opened.stub("a")["putAndCall"]?.("kept");
  expect(shared.log).toEqual(["after kept"]);
  const failed = await opened.stub("a")["putAndCall"]?.("lost").catch(String);
  expect(failed).toBe("Error: reset");
  for (let i = 0; i < 5; i++) await turn();
  expect(shared.log).toEqual(["after kept"]);
  expect(await opened.stub("a")["keys"]?.()).toEqual(["kept"]);
});

test("timers of an object that broke fire no more, and time moves on over them", async () => {
  const shared = { log: [] as string[] };
  const undo = patchTimers(globalThis, () => undefined);
  try {
    using opened = openObjects(classFor(shared));
    opened.world.clock.stop(START);
    await opened.stub("a")["tick"]?.();
    await opened.advance((now) => now + 2500);
    expect(shared.log).toEqual(["tick", "tick"]);
    await opened
      .stub("a")
      ["abort"]?.()
      .catch(() => undefined);
    await opened.advance((now) => now + 10_000);
    expect(shared.log).toEqual(["tick", "tick"]);
  } finally {
    undo();
  }
});

test("time moves on over an object that waits for a timer", async () => {
  const shared = { log: [] as string[] };
  const undo = patchTimers(globalThis, () => undefined);
  try {
    using opened = openObjects(classFor(shared));
    opened.world.clock.stop(START);
    const sleeping = opened.stub("a")["sleep"]?.(3_600_000) as Promise<unknown>;
    for (let i = 0; i < 10; i++) await turn();
    await opened.advance((now) => now + 3_600_000);
    expect(await sleeping).toBe("slept");
  } finally {
    undo();
  }
});

test("background work that fails fails the test, and that of a broken object is not waited for", async () => {
  using opened = openObjects(classFor({ log: [] }));
  await opened.stub("a")["background"]?.();
  await opened.stub("b")["endless"]?.();
  await opened
    .stub("b")
    ["abort"]?.()
    .catch(() => undefined);
  const owner = opened.run(() => opened.world.workers.owner());
  await owner.settle();
  expect(owner.end().map(String)).toEqual(["Error: in the background"]);
});

test("code that goes on after abort() can write nothing", async () => {
  const shared = { log: [] as string[] };
  using opened = openObjects(classFor(shared));
  expect(await opened.stub("a")["retry"]?.().catch(String)).toBe("Error: caught");
  expect(shared.log).toEqual(["Error: caught"]);
  expect(await opened.stub("a")["keys"]?.()).toEqual([]);
});

test("two worlds in one process do not see each other's objects", async () => {
  using one = openObjects(classFor({ log: [] }));
  using two = openObjects(classFor({ log: [] }));
  await one.stub("a")["put"]?.("key");
  expect(await one.stub("a")["keys"]?.()).toEqual(["key"]);
  expect(await two.stub("a")["keys"]?.()).toEqual([]);
});
