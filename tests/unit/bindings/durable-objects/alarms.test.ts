import { expect, test } from "bun:test";
import { inspect } from "../../../../runtime/inspect.ts";
import { openObjects, type OpenObjects, TestObject } from "./open-objects.ts";

const START = Date.parse("2026-12-24T18:00:00Z");
const SECOND = 1000;

class Ringer extends TestObject {
  set(time: number): Promise<void> {
    return this.state.storage.setAlarm(time);
  }
  mode(mode: string): Promise<void> {
    return this.state.storage.put("mode", mode);
  }
  async alarm(info: { retryCount: number; scheduledTime: number }): Promise<void> {
    const { storage } = this.state;
    const runs = ((await storage.get("runs")) as unknown[] | undefined) ?? [];
    runs.push([info.retryCount, info.scheduledTime]);
    await storage.put("runs", runs);
    const mode = await storage.get("mode");
    if (mode === "fail") throw new Error("alarm fails");
    if (mode === "abort") this.state.abort("alarm aborts");
  }
}

function open(): OpenObjects {
  const opened = openObjects(Ringer);
  opened.world.clock.stop(START);
  return opened;
}

async function runsOf({ world, namespace }: OpenObjects, name = "a"): Promise<unknown> {
  const state = inspect(world, namespace, { name })?.state as { storage: { runs?: unknown } }[];
  return state[0]?.storage.runs ?? [];
}

test("an alarm runs when its time has come, and not before", async () => {
  using opened = open();
  await opened.stub("a")["set"]?.(START + 10 * SECOND);
  await opened.advance(() => START + 10 * SECOND - 1);
  expect(await runsOf(opened)).toEqual([]);
  await opened.advance(() => START + 10 * SECOND);
  expect(await runsOf(opened)).toEqual([[0, START + 10 * SECOND]]);
});

test("an alarm survives that its resource is closed before it is due", async () => {
  using opened = open();
  await opened.stub("a")["set"]?.(START + 10 * SECOND);
  opened.world.closeResources();
  await opened.advance(() => START + 10 * SECOND);
  expect(await runsOf(opened)).toEqual([[0, START + 10 * SECOND]]);
});

for (const mode of ["fail", "abort"]) {
  test(`an alarm runs again after 2, 4, 8, … seconds, and no more than 7 times (${mode})`, async () => {
    using opened = open();
    const runs: [time: number, outcome: string][] = [];
    opened.objects.alarms.collector = ({ outcome }) => {
      runs.push([opened.world.clock.now() - START, outcome]);
    };
    await opened.stub("a")["mode"]?.(mode);
    await opened.stub("a")["set"]?.(START + SECOND);
    await opened.advance((now) => now + 1000 * SECOND);
    const times = [1, 3, 7, 15, 31, 63, 127].map((at) => [at * SECOND, "exception"]);
    expect(runs).toEqual(times as typeof runs);
    expect(opened.objects.alarms.pending()).toEqual([]);
  });
}

test("a retry keeps its time and its count when the resource is closed in between", async () => {
  using opened = open();
  const outcomes: string[] = [];
  const collect = (): void => {
    opened.objects.alarms.collector = ({ outcome }) => void outcomes.push(outcome);
  };
  collect();
  await opened.stub("a")["mode"]?.("fail");
  await opened.stub("a")["set"]?.(START);
  await opened.advance(() => START);
  opened.world.closeResources();
  collect();
  // Something else is committed, which must not arm the alarm anew.
  await opened.stub("a")["mode"]?.("");
  await opened.advance(() => START + 2 * SECOND - 1);
  expect(outcomes).toEqual(["exception"]);
  await opened.advance(() => START + 2 * SECOND);
  expect(outcomes).toEqual(["exception", "ok"]);
  expect(await runsOf(opened)).toEqual([
    [0, START],
    [1, START],
  ]);
});

test("an alarm that nobody waits for fails the test that it belongs to", async () => {
  using opened = open();
  await opened.stub("a")["mode"]?.("fail");
  await opened.stub("a")["set"]?.(START);
  await opened.advance(() => START);
  expect(opened.end().map(String)).toEqual(["Error: alarm fails"]);
});

test("alarms run in time order", async () => {
  using opened = open();
  const order: (string | null)[] = [];
  opened.objects.alarms.collector = ({ name }) => void order.push(name);
  for (const [name, at] of Object.entries({ c: 3, a: 1, d: 4, b: 2 })) {
    await opened.stub(name)["set"]?.(START + at * SECOND);
  }
  await opened.advance(() => START + 10 * SECOND);
  expect(order).toEqual(["a", "b", "c", "d"]);
});
