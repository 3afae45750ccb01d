import { expect, test } from "bun:test";
import { advanceAlarms } from "../../../../preset/alarms.ts";
import type { Moment } from "../../../../preset/moment.ts";
import { openObjects, type OpenObjects, TestObject } from "./open-objects.ts";

const START = Date.parse("2026-12-24T18:00:00Z");
const SECOND = 1000;

class Chain extends TestObject {
  start(time: number, times: number): Promise<void> {
    void this.state.storage.put("left", times);
    return this.state.storage.setAlarm(time);
  }
  async alarm(info: { scheduledTime: number; isRetry: boolean }): Promise<void> {
    const { storage } = this.state;
    const left = (await storage.get("left")) as number;
    if (left === 0 && !info.isRetry) throw new TypeError("none left");
    await storage.put("left", left - 1);
    if (left > 1) await storage.setAlarm(info.scheduledTime + 10 * SECOND);
  }
}

function open(): OpenObjects & {
  advanceAlarms(by?: Moment): ReturnType<typeof advanceAlarms>;
} {
  const opened = openObjects(Chain);
  opened.world.clock.stop(START);
  const file = { world: () => opened.world };
  const run = (by?: Moment) => opened.run(() => advanceAlarms(file, by));
  return Object.assign(Object.create(opened) as OpenObjects, { advanceAlarms: run });
}

test("without an argument, what is pending runs once, in time order, and time stands still", async () => {
  using opened = open();
  await opened.stub("late")["start"]?.(START + 60 * SECOND, 3);
  await opened.stub("early")["start"]?.(START + 30 * SECOND, 3);
  const runs = await opened.advanceAlarms();
  expect(runs).toEqual([
    {
      namespace: "Chain",
      id: expect.any(String),
      name: "early",
      scheduledTime: START + 30 * SECOND,
      outcome: "ok",
    },
    {
      namespace: "Chain",
      id: expect.any(String),
      name: "late",
      scheduledTime: START + 60 * SECOND,
      outcome: "ok",
    },
  ]);
  expect(opened.world.clock.now()).toBe(START);
  expect(opened.objects.alarms.pending().map(({ due }) => due - START)).toEqual([
    40 * SECOND,
    70 * SECOND,
  ]);
});

test("with a length of time, everything up to it runs, also what handlers set on the way", async () => {
  using opened = open();
  await opened.stub("a")["start"]?.(START + 10 * SECOND, 3);
  await opened.stub("b")["start"]?.(START + 15 * SECOND, 1);
  const runs = await opened.advanceAlarms("25 seconds");
  expect(runs.map(({ name, scheduledTime }) => [name, scheduledTime - START])).toEqual([
    ["a", 10 * SECOND],
    ["b", 15 * SECOND],
    ["a", 20 * SECOND],
  ]);
  expect(opened.world.clock.now()).toBe(START + 25 * SECOND);
  expect(await opened.advanceAlarms(new Date(START + 30 * SECOND))).toHaveLength(1);
});

test("a failure and what runs after it are told, and fail nothing", async () => {
  using opened = open();
  await opened.stub("a")["start"]?.(START + SECOND, 0);
  const runs = await opened.advanceAlarms("1 minute");
  expect(runs.map(({ outcome, error }) => [outcome, error])).toEqual([
    ["exception", new TypeError("none left")],
    ["ok", undefined],
  ]);
  expect(opened.end()).toEqual([]);
});

test("without alarms there is nothing to run", async () => {
  using opened = open();
  expect(await opened.advanceAlarms()).toEqual([]);
  expect(await opened.advanceAlarms(1000)).toEqual([]);
});
