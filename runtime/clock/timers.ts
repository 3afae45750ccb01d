// `setTimeout`, `setInterval` and `AbortSignal.timeout`. Those of worker code wait on the world's clock, so that moving it
// moves them; all others (the test's, msw's, a driver's) stay the platform's. Timers end with their test file.
// https://developers.cloudflare.com/workers/runtime-apis/web-standards/#timers

import { context } from "../context.ts";
import type { WorkerEvent } from "../events/event.ts";
import type { Undo } from "../undo.ts";
import type { WorkerTimer } from "./worker-timer.ts";

type NativeTimer = ReturnType<typeof setTimeout>;
/** What a timer calls. */
export type Callback = (...args: unknown[]) => void;
type Start = (callback: Callback, delay?: number, ...args: unknown[]) => NativeTimer | WorkerTimer;

/** Replaces the global timer functions; `file()` gives the set that holds the current test file's open timers. */
export function patchTimers(
  target: typeof globalThis,
  file: () => Set<NativeTimer> | undefined,
): Undo {
  const { setTimeout, setInterval, clearTimeout, clearInterval, AbortSignal } = target;
  const before = { setTimeout, setInterval, clearTimeout, clearInterval };
  const { timeout } = AbortSignal;
  // Loaded with the first timer of worker code: this runs before every test file.
  let Timer: typeof WorkerTimer | null = null;
  const clear = (stop: (timer: NativeTimer) => void) => (timer: NativeTimer | WorkerTimer) => {
    if (Timer !== null && timer instanceof Timer) return void timer.close();
    file()?.delete(timer as NativeTimer);
    stop(timer as NativeTimer);
  };
  const start =
    (begin: (...args: [Callback, number?, ...unknown[]]) => NativeTimer, repeats: boolean): Start =>
    (callback, delay, ...args) => {
      const event = context.get()?.event;
      if (typeof callback !== "function") return begin(callback, delay, ...args);
      if (event !== null && event !== undefined) {
        Timer ??= (require("./worker-timer.ts") as typeof import("./worker-timer.ts")).WorkerTimer;
        return new Timer(event, callback, delay, args, repeats);
      }
      return startNative(begin, file(), repeats, callback, delay, args);
    };
  Object.assign(target, {
    setTimeout: like(setTimeout, start(setTimeout as never, false)),
    setInterval: like(setInterval, start(setInterval as never, true)),
    clearTimeout: like(clearTimeout, clear(clearTimeout as never)),
    clearInterval: like(clearInterval, clear(clearInterval as never)),
  });
  AbortSignal.timeout = like(timeout, (ms: number) => {
    const event = context.get()?.event;
    // The platform's own says what is wrong with an argument.
    const isDelay = typeof ms === "number" && ms >= 0 && Number.isSafeInteger(ms);
    return event && isDelay ? clockTimeout(event, ms) : Reflect.apply(timeout, AbortSignal, [ms]);
  });
  return () => {
    Object.assign(target, before);
    AbortSignal.timeout = timeout;
  };
}

function clockTimeout(event: WorkerEvent, ms: number): AbortSignal {
  const { startWait } = require("./wait.ts") as typeof import("./wait.ts");
  const controller = new AbortController();
  startWait(event, ms, "AbortSignal.timeout", () => {
    controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
  });
  return controller.signal;
}

function startNative(
  begin: (...args: [Callback, number?, ...unknown[]]) => NativeTimer,
  open: Set<NativeTimer> | undefined,
  repeats: boolean,
  callback: Callback,
  delay: number | undefined,
  args: unknown[],
): NativeTimer {
  if (open === undefined) return begin(callback, delay, ...args);
  const once = function (this: unknown, ...given: unknown[]): void {
    open.delete(timer);
    Reflect.apply(callback, this, given);
  };
  const timer = begin(repeats ? callback : once, delay, ...args);
  open.add(timer);
  return timer;
}

// Keeps what hangs on the native function: its name, its length, and `util.promisify`'s own form of it.
function like<T extends object>(native: T, replacement: object): T {
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(native));
  return replacement as T;
}
