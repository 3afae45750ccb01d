import { afterEach, describe, expect, jest, setSystemTime, spyOn, test } from "bun:test";
import { advanceTime, freezeTime, getEnv, resumeTime, setTime, worker } from "bunflare";
import { log } from "./index.ts";

const HOUR = 3_600_000;
const get = async (path: string): Promise<string> =>
  (await worker.fetch(`https://time.test${path}`)).text();

async function writeSlowly(stream: WritableStream<Uint8Array>, texts: string[]): Promise<void> {
  const writer = stream.getWriter();
  for (const text of texts) {
    await writer.write(new TextEncoder().encode(text));
    await Bun.sleep(20);
  }
  await writer.close();
}

interface Kv {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options?: { expirationTtl: number }): Promise<void>;
}
interface Db {
  exec(sql: string): Promise<unknown>;
  prepare(sql: string): {
    all(): Promise<{ results: unknown }>;
    first(column: string): Promise<unknown>;
  };
}
const kv = (): Kv => getEnv<{ KV: Kv }>().KV;

afterEach(() => {
  log.length = 0;
  resumeTime();
});

describe("advanceTime", () => {
  test.each([
    ["3 days", 3 * 24 * HOUR],
    ["90 minutes", 1.5 * HOUR],
    ["1.5 hours", 1.5 * HOUR],
    ["500 ms", 500],
    ["1 month", 30 * 24 * HOUR],
    [1234, 1234],
    [0, 0],
  ])("moves time by %p", async (by, ms) => {
    freezeTime();
    const before = Date.now();
    await advanceTime(by);
    expect(Date.now() - before).toBe(ms);
    expect(new Date().getTime() - before).toBe(ms);
    expect(await get("/now")).toBe(new Date(before + ms).toISOString());
  });

  test("moves time to a Date", async () => {
    const target = new Date(Date.now() + HOUR);
    await advanceTime(target);
    expect(Math.abs(Date.now() - target.getTime())).toBeLessThan(1000);
  });

  test.each([
    ["3 dayz", 'advanceTime() was given "3 dayz": it takes a length of time such as "3 days"'],
    ["", 'advanceTime() was given ""'],
    [-1, "advanceTime() was given -1"],
    [Number.NaN, "advanceTime() was given null"],
    [undefined as never, "advanceTime() was given undefined"],
    [new Date(Number.NaN), "advanceTime() was given an invalid Date"],
    [new Date(0), "Use setTime() to go back"],
    ["9000 years", "advanceTime() would leave the years 0 to 9999"],
  ])("refuses %p", async (by, message) => {
    await expect(advanceTime(by)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining(message),
    });
  });

  test("lets time flow on", async () => {
    await advanceTime("1 day");
    const before = Date.now();
    while (Date.now() === before);
    expect(Date.now()).toBeGreaterThan(before);
  });

  test("moves one after another when called at once", async () => {
    freezeTime();
    const before = Date.now();
    await Promise.all([advanceTime("1 hour"), advanceTime("2 hours")]);
    expect(Date.now() - before).toBe(3 * HOUR);
  });
});

describe("the Worker", () => {
  test("has its timers fire on the way, at their time", async () => {
    setTime("2026-12-24T18:00:00Z");
    const answer = get("/poll");
    await advanceTime("5 minutes");
    await kv().put("ready", "yes");
    await advanceTime("1 hour");
    expect(await answer).toBe("7 tries, 2026-12-24T18:06:00.000Z");
  });

  test("has an interval run over days", async () => {
    setTime("2026-12-24T18:00:00Z");
    await get(`/interval?every=${HOUR}&times=72`);
    await advanceTime("4 days");
    expect(log).toHaveLength(72);
    expect(log.at(-1)).toBe("2026-12-27T18:00:00.000Z");
  });

  test("has AbortSignal.timeout abort on the way", async () => {
    setTime("2026-12-24T18:00:00Z");
    const answer = get("/timeout?ms=30000");
    await advanceTime("1 minute");
    expect(await answer).toBe("TimeoutError 2026-12-24T18:00:30.000Z");
  });

  test("is waited for while it waits for the network, and its time limit is not used up", async () => {
    setTime("2026-12-24T18:00:00Z");
    using server = Bun.serve({
      port: 0,
      async fetch() {
        await Bun.sleep(20);
        const body = new TransformStream<Uint8Array, Uint8Array>();
        void writeSlowly(body.writable, ["slow ", "answer"]);
        return new Response(body.readable);
      },
    });
    const answer = get(`/upstream?url=${server.url}`);
    await advanceTime("1 minute");
    expect(await answer).toBe("slow answer 2026-12-24T18:00:00.000Z");
  });

  test("is waited for while it computes a digest", async () => {
    setTime("2026-12-24T18:00:00Z");
    const answer = get("/digest");
    await advanceTime("1 minute");
    expect(await answer).toBe("2026-12-24T18:00:01.000Z");
    expect(log).toEqual([]);
  });
});

test("KV entries expire", async () => {
  await kv().put("session", "abc", { expirationTtl: 3600 });
  await advanceTime("59 minutes");
  expect(await kv().get("session")).toBe("abc");
  await advanceTime("1 minute");
  expect(await kv().get("session")).toBeNull();
});

test("SQL follows, also with an index on datetime() and a changed schema", async () => {
  const { DB } = getEnv<{ DB: Db }>();
  await DB.exec("CREATE TABLE visits (at TEXT DEFAULT CURRENT_TIMESTAMP, page TEXT)");
  await DB.exec("CREATE INDEX by_time ON visits (datetime(at))");
  setTime("2030-01-01T00:00:00Z");
  await DB.exec("INSERT INTO visits (page) VALUES ('one')");
  await advanceTime("1 day");
  await DB.exec("ALTER TABLE visits ADD COLUMN country TEXT");
  await DB.exec("INSERT INTO visits (page, at) VALUES ('two', datetime('now', '-1 hour'))");
  const { results } = await DB.prepare(
    "SELECT page, at FROM visits WHERE datetime(at) > datetime('now', '-1 day', '-1 minute')",
  ).all();
  expect(results).toEqual([
    { page: "one", at: "2030-01-01 00:00:00" },
    { page: "two", at: "2030-01-01 23:00:00" },
  ]);
});

describe("freezeTime and setTime", () => {
  test("stop Date and performance.now", () => {
    freezeTime();
    const [date, performanceNow] = [Date.now(), performance.now()];
    const end = Bun.nanoseconds() + 3e6;
    while (Bun.nanoseconds() < end);
    expect(Date.now()).toBe(date);
    expect(performance.now()).toBe(performanceNow);
  });

  test("take a moment, also one of the past", () => {
    for (const moment of ["2020-02-29", new Date("2020-02-29"), 1582934400000]) {
      setTime(moment);
      expect(new Date().toISOString()).toBe("2020-02-29T00:00:00.000Z");
      freezeTime(moment);
      expect(Date.now()).toBe(1582934400000);
    }
  });

  test("keep performance.now from going back", () => {
    freezeTime();
    const before = performance.now();
    setTime("2000-01-01");
    expect(performance.now()).toBe(before);
    setTime("2000-01-02");
    expect(performance.now() - before).toBe(24 * HOUR);
  });

  test("leave what becomes due to the next turns", async () => {
    setTime("2026-12-24T18:00:00Z");
    const answer = get("/timeout?ms=30000");
    await advanceTime(0);
    setTime("2026-12-24T19:00:00Z");
    expect(await answer).toBe("TimeoutError 2026-12-24T19:00:00.000Z");
  });

  test("are undone by resumeTime, from where time stands", async () => {
    setTime("2020-02-29");
    resumeTime();
    expect(Math.abs(Date.now() - Date.parse("2020-02-29"))).toBeLessThan(1000);
    expect(await get("/timeout?ms=5")).toStartWith("TimeoutError 2020-02-29T00:00:0");
  });

  test("refuse what is no moment", () => {
    expect(() => setTime("tomorrow")).toThrow('setTime() was given "tomorrow"');
    expect(() => freezeTime(Number.NaN)).toThrow("freezeTime() was given null");
    expect(() => setTime({} as never)).toThrow("setTime() was given {}");
  });

  test("are refused while time is moving", async () => {
    const moving = advanceTime("1 hour");
    await Promise.resolve();
    expect(() => setTime("2020-02-29")).toThrow(
      "setTime() was called while advanceTime() is moving time. Await advanceTime() first",
    );
    await moving;
  });
});

describe("Date", () => {
  test("is a Date in every way", async () => {
    await advanceTime("1 hour");
    class Birthday extends Date {}
    expect(new Date()).toBeInstanceOf(Date);
    expect(new Date().constructor).toBe(Date);
    expect(new Birthday()).toBeInstanceOf(Birthday);
    expect(new Birthday(5).getTime()).toBe(5);
    expect(structuredClone(new Date(5))).toEqual(new Date(5));
    expect(Reflect.apply(Date, null, [5])).toBe(new Date().toString());
    expect([Date.name, Date.length, Date.UTC(2020)]).toEqual(["Date", 7, 1577836800000]);
    expect(new Date(2020, 1, 29, 12).getHours()).toBe(12);
    expect(new Date(new Date(7)).getTime()).toBe(7);
    expect(String(new Date("nonsense"))).toBe("Invalid Date");
  });

  test("can be spied on", async () => {
    await advanceTime("1 hour");
    const spy = spyOn(Date, "now").mockReturnValue(5);
    expect(Date.now()).toBe(5);
    spy.mockRestore();
    expect(Date.now()).toBeGreaterThan(5);
  });
});

describe("the runner's own clock", () => {
  afterEach(() => {
    jest.useRealTimers();
    setSystemTime();
  });

  const now = async (): Promise<string[]> => {
    const { DB } = getEnv<{ DB: Db }>();
    const sql = await DB.prepare("SELECT strftime('%Y-%m-%dT%H:%M:%fZ') AS now").first("now");
    return [new Date().toISOString(), String(sql), await get("/now")];
  };

  test("is obeyed when it is set, whatever time was moved by before", async () => {
    await advanceTime("1 hour");
    setSystemTime(new Date("2022-02-22T00:00:00.000Z"));
    expect(await now()).toEqual(Array(3).fill("2022-02-22T00:00:00.000Z"));
    await advanceTime("1 day");
    expect(await now()).toEqual(Array(3).fill("2022-02-23T00:00:00.000Z"));
    setSystemTime();
    expect(new Date().getFullYear()).toBeGreaterThan(2025);
  });

  test("is obeyed when fake timers are given a time", async () => {
    jest.useFakeTimers({ now: new Date("2022-02-22T00:00:00.000Z") });
    expect(await now()).toEqual(Array(3).fill("2022-02-22T00:00:00.000Z"));
    jest.advanceTimersByTime(24 * HOUR);
    expect(await now()).toEqual(Array(3).fill("2022-02-23T00:00:00.000Z"));
  });

  test("fires what waits when fake timers are advanced", async () => {
    jest.useFakeTimers();
    const answer = get("/timeout?ms=30000");
    await advanceTime(0);
    jest.advanceTimersByTime(30_000);
    expect(await answer).toStartWith("TimeoutError");
  });

  test("loses no wait when fake timers end", async () => {
    jest.useFakeTimers();
    const answer = get("/timeout?ms=5");
    await advanceTime(0);
    jest.useRealTimers();
    expect(await answer).toStartWith("TimeoutError");
  });

  test("stands still while advanceTime moves time under fake timers", async () => {
    jest.useFakeTimers();
    const answer = get("/timeout?ms=30000");
    await advanceTime("1 minute");
    expect(await answer).toStartWith("TimeoutError");
  });
});
