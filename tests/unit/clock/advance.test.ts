import { describe, expect, jest, test } from "bun:test";
import { wait } from "../../../runtime/clock/wait.ts";
import { WorkerTime } from "./worker-time.ts";

describe("an event", () => {
  test("is run until it is parked, however many turns that takes", async () => {
    using time = new WorkerTime();
    const log: string[] = [];
    void time.run(async () => {
      for (let turn = 0; turn < 20; turn++) await new Promise<void>((done) => setImmediate(done));
      await wait(10);
      log.push(`first at ${time.passed}`);
    });
    time.world.clock.at(time.world.clock.now() + 5, "second", () => {
      log.push(`second at ${time.passed}`);
    });
    await time.advance(100);
    expect(log).toEqual(["second at 5", "first at 10"]);
    expect(time.passed).toBe(100);
  });

  test("that is due is awaited before the next one", async () => {
    using time = new WorkerTime();
    const { clock } = time.world;
    const log: string[] = [];
    const slow = async (): Promise<void> => {
      log.push("slow starts");
      for (let turn = 0; turn < 20; turn++) await new Promise<void>((done) => setImmediate(done));
      log.push("slow ends");
    };
    clock.at(clock.now() + 1, "slow", slow);
    clock.at(clock.now() + 2, "next", () => void log.push("next"));
    await time.advance(10);
    expect(log).toEqual(["slow starts", "slow ends", "next"]);
  });

  test("that is due and parked lets the next one run", async () => {
    using time = new WorkerTime();
    const { clock } = time.world;
    const log: string[] = [];
    clock.at(clock.now() + 1, "alarm", () =>
      time.run(async () => {
        log.push("alarm starts");
        await wait(5000);
        log.push("alarm ends");
      }),
    );
    clock.at(clock.now() + 1000, "next", () => void log.push("next"));
    await time.advance(10_000);
    expect(log).toEqual(["alarm starts", "next", "alarm ends"]);
  });

  test("is parked while the event that it calls is", async () => {
    using time = new WorkerTime();
    const answer = time.run(() =>
      time.run(async () => {
        await wait(1000);
        return time.passed;
      }),
    );
    await time.advance(2000);
    expect(await answer).toBe(1000);
  });

  test("that waits for something else is waited for, and then named", async () => {
    using time = new WorkerTime();
    const never = new Promise<void>(() => {});
    void time.run(() => never, "GET https://a.test/stuck");
    await expect(time.advance(10, 20)).rejects.toMatchObject({
      code: "time_stuck",
      message: expect.stringContaining("advanceTime() waited 20 ms for GET https://a.test/stuck"),
    });
    // Once.
    await time.advance(10);
    expect(time.passed).toBe(10);
  });

  test("is named under fake timers too, where every clock stands still", async () => {
    using time = new WorkerTime();
    void time.run(() => new Promise<void>(() => {}), "GET https://a.test/stuck");
    jest.useFakeTimers();
    try {
      await expect(time.advance(10, 20)).rejects.toThrow("20 ms for GET https://a.test/stuck");
    } finally {
      jest.useRealTimers();
    }
  });

  test("of a binding that never ends is named", async () => {
    using time = new WorkerTime();
    const { clock } = time.world;
    clock.at(clock.now(), "delivery to the queue", () => new Promise<void>(() => {}));
    await expect(time.advance(10, 20)).rejects.toThrow("20 ms for delivery to the queue");
    await time.advance(10);
  });

  test("that waits for the network and the clock is passed over at last", async () => {
    using time = new WorkerTime();
    const answer = time.run(async (event) => {
      // A request that only ends when the clock aborts it.
      event.ioWaits++;
      await wait(1000);
      event.ioWaits--;
      return time.passed;
    });
    await time.advance(2000, 20);
    expect(await answer).toBe(1000);
  });

  test("that throws does not stop time, and its error goes to the owner", async () => {
    using time = new WorkerTime();
    const log: string[] = [];
    await time.begin(() => {
      setTimeout(() => {
        throw new Error("thrown");
      }, 10);
      setTimeout(() => log.push("next"), 20);
    });
    await time.advance(100);
    expect(log).toEqual(["next"]);
    expect(time.end()).toEqual([new Error("thrown")]);
  });

  test("that is late runs at once, and time does not go back to it", async () => {
    using time = new WorkerTime();
    const { clock } = time.world;
    const log: number[] = [];
    clock.at(clock.now() - 5000, "late", () => void log.push(time.passed));
    await time.advance(0);
    expect(log).toEqual([0]);
  });
});

describe("a runaway", () => {
  test("interval is stopped, with the place where it was started", async () => {
    using time = new WorkerTime();
    await time.begin(() => void setInterval(() => {}, 1000), "GET https://a.test/");
    const error = await time.advance(365 * 86_400_000).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: "time_runaway" });
    expect(String(error)).toMatch(
      /ran 10000 events and only came to 2026-12-24T20:46:41.000Z: the last 100 were 100 × setInterval in GET https:\/\/a\.test\/ \(started at \/.*\/advance\.test\.ts:\d+:\d+\)\. Advance/,
    );
  });

  test("loop without delay is stopped", async () => {
    using time = new WorkerTime();
    void time.run(async () => {
      for (;;) await wait(0);
    });
    await expect(time.advance(1000)).rejects.toThrow("100 × scheduler.wait in GET / (started at /");
    expect(time.passed).toBe(0);
  });

  test("of several timers names them all", async () => {
    using time = new WorkerTime();
    await time.begin(() => {
      setInterval(() => {}, 10);
      setInterval(() => {}, 30);
    });
    await expect(time.advance(1e9)).rejects.toThrow(/the last 100 were 75 × .*, 25 × /);
  });

  test("leaves the clock where it was stopped", async () => {
    using time = new WorkerTime();
    await time.begin(() => void setInterval(() => {}, 1));
    await expect(time.advance(20_000)).rejects.toThrow();
    expect(time.passed).toBe(10_001);
    expect(time.world.clock.isHeld).toBe(false);
  });
});

describe("list", () => {
  test("tells what is due, in order", async () => {
    using time = new WorkerTime();
    await time.begin(() => {
      setTimeout(() => {}, 20);
      setInterval(() => {}, 10);
      clearTimeout(setTimeout(() => {}, 15));
    });
    const now = time.world.clock.now();
    expect(time.world.clock.list()).toEqual([
      { time: now + 10, label: "setInterval in GET /" },
      { time: now + 20, label: "setTimeout in GET /" },
    ]);
  });

  test("is empty after a reset, and time stays where it is", async () => {
    using time = new WorkerTime();
    await time.begin(() => void setInterval(() => {}, 10));
    await time.advance(1000);
    time.world.reset();
    expect(time.world.clock.list()).toEqual([]);
    expect(time.passed).toBe(1000);
  });
});

describe("wait", () => {
  test("rejects with the signal's reason, and holds nothing up then", async () => {
    using time = new WorkerTime();
    const controller = new AbortController();
    const reason = new Error("enough");
    const answer = time.run(async (event) => {
      const waiting = wait(1000, controller.signal).catch((error: unknown) => error);
      controller.abort(reason);
      return [await waiting, event.clockWaits];
    });
    expect(await answer).toEqual([reason, 0]);
    expect(time.world.clock.list()).toEqual([]);
    expect(await wait(1000, controller.signal).catch((error: unknown) => error)).toBe(reason);
  });

  test("waits in real time outside of events", async () => {
    using time = new WorkerTime();
    await wait(1);
    expect(time.passed).toBe(0);
  });
});

describe("timers", () => {
  test("can be refreshed and closed by their callbacks", async () => {
    using time = new WorkerTime();
    const log: string[] = [];
    await time.begin(() => {
      let left = 3;
      const again = setTimeout(() => {
        log.push(`again at ${time.passed}`);
        if (--left > 0) again.refresh();
      }, 10);
      const once = setInterval(() => {
        log.push(`once at ${time.passed}`);
        clearInterval(once);
      }, 15);
    });
    await time.advance(100);
    expect(log).toEqual(["again at 10", "once at 15", "again at 20", "again at 30"]);
  });
});
