// What the time helpers take, and when they may be called.

import { parseDuration } from "../runtime/clock/duration.ts";
import type { WorldClock } from "../runtime/clock/world-clock.ts";
import { context } from "../runtime/context.ts";
import { BunflareError } from "../runtime/errors.ts";
import type { World } from "../runtime/world.ts";

/** A length of time in words or ms, or a point in time as a Date, ISO text or ms since the epoch. */
export type Moment = string | number | Date;

// SQL's functions and ISO texts have four digits for the year.
const EARLIEST = Date.parse("0000-01-01T00:00:00.000Z");
const LATEST = Date.parse("9999-12-31T23:59:59.999Z");

/** Reads what `advanceTime` takes. Throws `BunflareError` "usage". */
export function readTarget(by: Moment): (now: number) => number {
  if (by instanceof Date) {
    const time = by.getTime();
    return (now) => {
      if (time >= now) return inRange("advanceTime", time);
      throw usage({
        what: `advanceTime() was given ${describe(by)}`,
        why: `the time is ${new Date(now).toISOString()} already`,
        todo: "Use setTime() to go back",
      });
    };
  }
  const ms = typeof by === "string" ? parseDuration(by) : by;
  if (typeof ms === "number" && ms >= 0) {
    // A clock has whole milliseconds.
    return (now) => inRange("advanceTime", now + Math.round(ms));
  }
  throw usage({
    what: `advanceTime() was given ${describe(by)}`,
    why: 'it takes a length of time such as "3 days", "90 minutes" or "500 ms", milliseconds, or a Date',
    todo: "Units are ms, second, minute, hour, day, week, month (30 days) and year (365.25 days)",
  });
}

/** Reads a point in time. Throws `BunflareError` "usage". */
export function readTime(name: string, at: Moment): number {
  const time = typeof at === "number" ? at : new Date(at).getTime();
  if (at instanceof Date || typeof at === "string" || typeof at === "number") {
    if (!Number.isNaN(time)) return inRange(name, Math.round(time));
  }
  throw usage({
    what: `${name}() was given ${describe(at)}`,
    why: 'it takes a Date, a text such as "2026-12-24T18:00:00Z", or milliseconds since the epoch',
  });
}

/** The clock, where nothing moves it yet. Throws `BunflareError` "usage". */
export function clockFor(name: string, world: World): WorldClock {
  assertOutside(name);
  world.assertOpen();
  if (!world.clock.isHeld) return world.clock;
  throw usage({
    what: `${name}() was called while advanceTime() is moving time`,
    todo: "Await advanceTime() first",
  });
}

/** Throws `BunflareError` "usage" in worker code, whose time it is. */
export function assertOutside(name: string): void {
  const event = context.get()?.event ?? null;
  if (event === null) return;
  throw usage({
    what: `${name}() was called inside of ${event.label}`,
    why: "time is moved by tests, and stands still while the Worker runs",
  });
}

function inRange(name: string, time: number): number {
  if (time >= EARLIEST && time <= LATEST) return time;
  throw usage({
    what: `${name}() would leave the years 0 to 9999`,
    why: "SQL's time functions and ISO texts end there",
  });
}

function describe(value: unknown): string {
  if (!(value instanceof Date)) return JSON.stringify(value) ?? String(value);
  return Number.isNaN(value.getTime()) ? "an invalid Date" : value.toISOString();
}

function usage(report: { what: string; why?: string; todo?: string }): BunflareError {
  return new BunflareError("usage", report);
}
