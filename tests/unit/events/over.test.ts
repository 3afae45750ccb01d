// The end of an event, where a test is the sender: what no recording can show.

import { expect, spyOn, test } from "bun:test";
// For workerd's globals.
import "bunflare";
import { context } from "../../../runtime/context.ts";
import { WorkerEvent } from "../../../runtime/events/event.ts";
import { fetchWorker } from "../../../runtime/events/fetch.ts";
import { Owner } from "../../../runtime/owner.ts";
import type { ExecutionContext } from "../../../runtime/worker/execution-context.ts";
import { openTestWorld, type TestWorld } from "../../bindings/world.ts";

const never = (): Promise<never> => new Promise(() => undefined);
const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

interface Opened extends TestWorld {
  readonly owner: Owner;
  readonly fetch: () => Promise<Response>;
  readonly advance: (ms: number) => Promise<void>;
  /** What is due on the clock. */
  readonly due: () => string[];
}

/** A world whose worker answers with `handle`; its time stands still. */
function open(handle: (ctx: ExecutionContext) => unknown): Opened {
  const main = { default: { fetch: (_: Request, __: unknown, ctx: never) => handle(ctx) } };
  const opened = openTestWorld({}, main);
  const { world } = opened;
  world.clock.stop();
  const late = (error: unknown): void => void opened.errors.push(error);
  const owner = new Owner({ level: "test", patienceMs: 20, world: () => world, late });
  const request = (): Request => new Request("https://a.test/path");
  return Object.assign(opened, {
    owner,
    fetch: () => owner.follow(fetchWorker(world.primary, owner, request())),
    advance: (ms: number) => world.advance((now) => now + ms),
    due: () => world.clock.list().map(({ label }) => label),
  });
}

test("a text that nobody reads has been sent: the timers of its event are gone", async () => {
  using opened = open(() => {
    setTimeout(() => undefined, 1000);
    return new Response("text");
  });
  await opened.fetch();
  expect(opened.due()).toEqual([]);
});

test("a stream that nobody reads keeps the timers, and holds no test up", async () => {
  const log: string[] = [];
  using opened = open(() => {
    setTimeout(() => log.push("fired"), 1000);
    return new Response(new ReadableStream({ pull: never }));
  });
  await opened.fetch();
  using warn = spyOn(console, "warn");
  await opened.owner.settle();
  expect(warn).not.toHaveBeenCalled();
  await opened.advance(1000);
  expect(log).toEqual(["fired"]);
});

test("what a stream waits for while it is read waits on the clock of the world", async () => {
  using opened = open(
    () =>
      new Response(
        new ReadableStream({
          async pull(controller) {
            await sleep(60_000);
            controller.enqueue(new TextEncoder().encode("late"));
            controller.close();
          },
        }),
      ),
  );
  const response = await opened.fetch();
  const text = response.text();
  await opened.advance(60_000);
  expect(await text).toBe("late");
});

test("code that goes on after the end starts no timer", async () => {
  const log: string[] = [];
  using opened = open(() => {
    void (async () => {
      for (let turn = 0; turn < 20; turn++) await new Promise<void>((done) => setImmediate(done));
      log.push("goes on");
      setTimeout(() => log.push("fired"));
      void sleep(1).then(() => log.push("slept"));
    })();
    return new Response("text");
  });
  await opened.fetch();
  for (let turn = 0; turn < 40; turn++) await new Promise<void>((done) => setImmediate(done));
  expect(log).toEqual(["goes on"]);
  expect(opened.due()).toEqual([]);
});

test("a timer of a test is its own, whatever events end", async () => {
  using opened = open(() => new Response("text"));
  const own = new Promise((resolve) => setTimeout(resolve, 1, "fired"));
  await opened.fetch();
  expect(await own).toBe("fired");
});

test("a stub is disposed with the event that received it, an actor's is not", () => {
  using opened = open(() => new Response("text"));
  const log: string[] = [];
  const adopt = (event: WorkerEvent, name: string): void => {
    event.begin();
    event.adopt({ [Symbol.dispose]: () => void log.push(name) });
    event.end();
  };
  const { world, owner } = opened;
  const gate = {} as never;
  context.run({ owner, event: null }, () => {
    adopt(new WorkerEvent("an event", world.primary, owner), "an event's");
    adopt(new WorkerEvent("an actor's event", world.primary, owner, gate), "an actor's");
  });
  expect(log).toEqual(["an event's"]);
});

test("waitUntil() work that never ends is named, once", async () => {
  using opened = open((ctx) => {
    ctx.waitUntil(never());
    return new Response("text");
  });
  await opened.fetch();
  using warn = spyOn(console, "warn").mockReturnValue();
  await opened.owner.settle();
  await opened.owner.settle();
  expect(warn.mock.calls).toEqual([
    [
      "[bunflare] GET https://a.test/path: waitUntil() work was still running 0.02 s after its test ended; it was waited " +
        "for that long. Let it end, or wait on the clock (setTimeout, scheduler.wait), which holds nothing up",
    ],
  ]);
});

test("a request that is never answered is named", async () => {
  using opened = open(never);
  void opened.fetch();
  using warn = spyOn(console, "warn").mockReturnValue();
  await opened.owner.settle();
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]?.[0]).toContain("GET https://a.test/path: had no answer 0.02 s after");
});

test("work that waits on the clock holds nothing up, and is not named", async () => {
  using opened = open((ctx) => {
    ctx.waitUntil(sleep(60_000));
    return new Response("text");
  });
  await opened.fetch();
  using warn = spyOn(console, "warn");
  await opened.owner.settle();
  expect(warn).not.toHaveBeenCalled();
});
