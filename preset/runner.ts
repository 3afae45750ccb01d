// Wraps the runner's own functions (decision 2), so that the callbacks of tests and hooks run inside their owner, and
// errors of the events that they caused fail them. `mock.module` replaces the exports of "bun:test" in every test
// file, also for those who import it as "vitest".

import type { Owner, OwnerLevel } from "../runtime/owner.ts";
import { currentFile } from "./current-file.ts";
import { wrapExpect } from "./expect.ts";
import { recordModuleMocks } from "./module-mocks.ts";
import { hideOwnFrames } from "./own-frames.ts";

// Not imported: bundled, an import of everything is an object of getters, which takes longer to make than all else here.
const bunTest = require("bun:test") as typeof import("bun:test");

type Callback = (this: unknown, ...args: unknown[]) => unknown;
type Registrar = (this: unknown, ...args: unknown[]) => unknown;

const HOOKS = {
  beforeAll: "file",
  beforeEach: "each",
  afterEach: "each",
  afterAll: "file",
  onTestFinished: "test",
} as const satisfies Record<string, OwnerLevel>;

/** Installs the wrapped functions. */
export function wrapRunner(): void {
  const test = wrapRegistrar(bunTest.test as unknown as Registrar, "test");
  const changed: Record<string, unknown> = { test, it: test, expect: wrapExpect(bunTest.expect) };
  for (const name of Object.keys(HOOKS) as (keyof typeof HOOKS)[]) {
    changed[name] = wrapRegistrar(bunTest[name] as unknown as Registrar, HOOKS[name]);
  }
  wrapTime(changed);
  // What CommonJS test files get.
  Object.assign(bunTest, changed);
  const wrapped = { ...bunTest };
  void bunTest.mock.module("bun:test", () => wrapped);
  // After our own, which stays.
  recordModuleMocks();
}

/** The world's clock counts on the runner's: it looks anew after that was set, faked, or is real again. */
function wrapTime(exports: Record<string, unknown>): void {
  const noticed = (change: unknown, sets: (args: readonly unknown[]) => boolean): Registrar =>
    function (...args) {
      const result = Reflect.apply(change as Registrar, this, args);
      currentFile()?.runnerTimeChanged(sets(args));
      return result;
    };
  const { setSystemTime, jest, vi } = bunTest;
  const setsSystemTime = noticed(setSystemTime, () => true);
  exports["setSystemTime"] = setsSystemTime;
  const useFakeTimers = noticed(
    jest.useFakeTimers,
    ([options]) => Object(options).now !== undefined,
  );
  const useRealTimers = noticed(jest.useRealTimers, () => false);
  Object.assign(jest, { setSystemTime: setsSystemTime, useFakeTimers, useRealTimers });
  Object.assign(vi, { useFakeTimers, useRealTimers });
}

/**
 * A stand-in for `test`, `test.only`, `test.each(table)`, `beforeEach`, …: wraps the functions among its arguments, and
 * what it gives where that registers too. The runner's functions insist on their own receiver, `self`.
 */
function wrapRegistrar(target: Registrar, level: OwnerLevel, self?: unknown): Registrar {
  return new Proxy(target, {
    apply(_, __, args: unknown[]) {
      const wrapped = args.map((argument) => wrapCallback(argument, level));
      const result: unknown = Reflect.apply(target, self, wrapped);
      return typeof result === "function" ? wrapRegistrar(result as Registrar, level) : result;
    },
    get(_, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function" || key === "prototype") return value;
      return wrapRegistrar(value as Registrar, level, target);
    },
  });
}

function wrapCallback(argument: unknown, level: OwnerLevel): unknown {
  if (typeof argument !== "function") return argument;
  const callback = argument as Callback;
  const file = currentFile();
  if (file === undefined) return callback;
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    return file.runTest(level, (owner) => {
      const last = args.at(-1);
      if (!isDone(last)) return finish(owner, () => Reflect.apply(callback, this, args));
      const rest = args.slice(0, -1);
      const body = async (...more: unknown[]): Promise<unknown> =>
        Reflect.apply(callback, this, [...rest, ...more]);
      // Where one is registered in an async context, the runner cannot see what it declares, and passes `done` always.
      const takesDone = callback.length > rest.length;
      return finishLater(owner, takesDone ? untilDone(body) : body()).then(() => last());
    });
  };
  // The runner passes `done` to callbacks that declare a parameter more than they are given.
  Object.defineProperty(wrapped, "length", { value: callback.length });
  return wrapped;
}

type Done = (error?: unknown) => void;

// The runner's own function is native and has this name; a function in a table of `test.each` has its own source.
function isDone(value: unknown): value is Done {
  return (
    typeof value === "function" &&
    value.name.endsWith("done") &&
    String(value).includes("[native code]")
  );
}

/** Waits for both, the promise that a callback gives and its call of `done`; fails with an error that it gives to `done`. */
async function untilDone(body: (done: Done) => Promise<unknown>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const done: Done = (error) => {
    if (error === undefined || error === null) resolve();
    else reject(error);
  };
  await Promise.all([body(done), promise]);
}

/** Calls the body and ends its owner afterwards; synchronous where nothing was started. */
function finish(owner: Owner, body: () => unknown): unknown {
  let result: unknown;
  try {
    result = body();
  } catch (error) {
    // Not thrown again: the runner shows the line that threw last, and that must stay the user's.
    return finishLater(owner, Promise.reject(error));
  }
  if (isThenable(result) || !owner.isIdle) return finishLater(owner, result);
  owner.end();
  return result;
}

async function finishLater(owner: Owner, result: unknown): Promise<unknown> {
  let value: unknown;
  try {
    value = await result;
  } catch (error) {
    await owner.settle();
    // The test fails with its own error; what its events threw is often the reason, so it is shown as well.
    for (const other of owner.end()) console.error(hideOwnFrames(other));
    throw hideOwnFrames(error);
  }
  await owner.settle();
  const errors = owner.end();
  if (errors.length > 0) throw hideOwnFrames(combine(errors));
  return value;
}

function isThenable(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function"
  );
}

function combine(errors: unknown[]): unknown {
  if (errors.length === 1) return errors[0];
  return new AggregateError(
    errors,
    `${errors.length} errors in the events of this test: ${errors.map(String).join("; ")}`,
  );
}
