// Durable Objects on the clock: what waits behind an input gate waits as long as the one in front of it.

import { afterAll, expect, test } from "bun:test";
import { patchTimers } from "../../../runtime/clock/timers.ts";
import { wait } from "../../../runtime/clock/wait.ts";
import { deliver } from "../../../runtime/events/deliver.ts";
import {
  openObjects,
  TestObject,
  type OpenObjects,
  type Stub,
} from "../bindings/durable-objects/open-objects.ts";

const log: string[] = [];
afterAll(patchTimers(globalThis, () => undefined));

class Slow extends TestObject {
  get other(): Stub {
    const { OBJECTS } = this.env as { OBJECTS: { getByName(name: string): unknown } };
    return OBJECTS.getByName("other") as Stub;
  }
  block(): Promise<unknown> {
    return this.state.blockConcurrencyWhile(async () => {
      await wait(1000);
      return "blocked";
    });
  }
  async quick(): Promise<string> {
    await this.state.storage.put("a", 1);
    return "quick";
  }
  async callAfter(ms: number): Promise<void> {
    await wait(ms);
    const limit = setTimeout(() => log.push("too slow"), 100);
    for (let i = 0; i < 5; i++) await call(this.other, "quick");
    clearTimeout(limit);
    log.push(`called after ${ms}`);
  }
  setAlarm(time: number): Promise<void> {
    return this.state.storage.setAlarm(time);
  }
  async alarm(): Promise<void> {
    log.push(`${this.state.id.name} starts`);
    await wait(5000);
    log.push(`${this.state.id.name} ends`);
  }
}

function open(): OpenObjects {
  log.length = 0;
  return openObjects(Slow);
}

function call(stub: Stub, name: string, arg?: unknown): Promise<unknown> {
  return stub[name]?.(arg) as Promise<unknown>;
}

test("a call behind blockConcurrencyWhile counts as parked while the section waits", async () => {
  using opened = open();
  const stub = opened.stub("a");
  const answers = Promise.all([call(stub, "block"), call(stub, "quick")]);
  await opened.advance((now) => now + 2000);
  expect(await answers).toEqual(["blocked", "quick"]);
});

test("an alarm that waits lets others run, in time order", async () => {
  using opened = open();
  const start = opened.world.clock.now();
  await call(opened.stub("first"), "setAlarm", start + 1000);
  await call(opened.stub("second"), "setAlarm", start + 3000);
  await opened.advance(() => start + 10_000);
  expect(log).toEqual(["first starts", "second starts", "first ends", "second ends"]);
});

test("code behind a wait is run to its end before the next event, through all its turns", async () => {
  using opened = open();
  const answers = [2000, 1000, 3000].map((ms) => call(opened.stub("a"), "callAfter", ms));
  await opened.advance((now) => now + 5000);
  await Promise.all(answers);
  expect(log).toEqual(["called after 1000", "called after 2000", "called after 3000"]);
});

test("an event of a worker with a time limit has all its calls answered within it", async () => {
  using opened = open();
  const { world } = opened;
  const stub = world.primary.env["OBJECTS"] as { getByName(name: string): unknown };
  const answer = opened.run(() =>
    deliver(world.primary, world.workers.owner(), "GET /", async () => {
      const limit = setTimeout(() => log.push("too slow"), 100);
      for (let i = 0; i < 5; i++) await call(stub.getByName(`${i}`) as Stub, "quick");
      clearTimeout(limit);
      return "answer";
    }),
  );
  await opened.advance((now) => now + 5000);
  expect(await answer).toBe("answer");
  expect(log).toEqual([]);
});
