// A `Date` and a `performance.now` that follow the world's clock. They stand in for the platform's only while a test file
// has moved or stopped time. `Date` is a function of its own and no Proxy: on a Proxy, `spyOn(Date, "now")` does nothing.

import type { Undo } from "../undo.ts";
import { native } from "./native.ts";

/** What they follow. */
export interface Times {
  now(): number;
  performanceNow(): number;
}

type Platform = DateConstructor & ((...args: unknown[]) => string);

/** Replaces both; the undo puts the platform's back. */
export function patchDate(target: typeof globalThis, times: Times): Undo {
  const platform = target.Date as Platform;
  const platformNow = Object.getOwnPropertyDescriptor(platform, "now") ?? {};
  const performanceNow = Object.getOwnPropertyDescriptor(target.performance, "now") ?? {};
  const now = { now: () => times.now() }.now;
  const date = dateFollowing(platform, times);
  // A test's own mock of `Date.now` stays on top.
  if (platform.now === native.dateNow) {
    define(date, "now", now);
    // Also for code that kept the platform's class.
    define(platform, "now", now);
  }
  define(target, "Date", date);
  define(platform.prototype, "constructor", date);
  define(target.performance, "now", { now: () => times.performanceNow() }.now);
  return () => {
    define(target, "Date", platform);
    define(platform.prototype, "constructor", platform);
    Object.defineProperty(platform, "now", platformNow);
    Object.defineProperty(target.performance, "now", performanceNow);
  };
}

function dateFollowing(platform: Platform, times: Times): Platform {
  function follow(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return new platform(times.now()).toString();
    const given = args.length === 0 ? [times.now()] : args;
    // The objects are the platform's: only a class that extends it has a prototype of its own.
    return Reflect.construct(platform, given, new.target === follow ? platform : new.target);
  }
  // Its name, its length, its prototype, `parse`, `UTC`.
  Object.defineProperties(follow, Object.getOwnPropertyDescriptors(platform));
  return follow as unknown as Platform;
}

/** Sets a value and leaves the rest of the property as it is. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value });
}
