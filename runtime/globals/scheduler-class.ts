// The `scheduler` global: `wait()` on the world's clock.
// https://developers.cloudflare.com/workers/runtime-apis/scheduler/

import {
  illegalConstructor,
  illegalInvocation,
  isObject,
  toNumber,
  wrongField,
  wrongParameter,
} from "../platform/arguments.ts";
import { platformClass } from "../platform/class.ts";
import type { GlobalsOptions } from "./types.ts";

type Wait = NonNullable<GlobalsOptions["wait"]>;

const creation = Symbol("creation");

/** Makes the object. */
export function buildScheduler(wait: Wait = waitInRealTime): object {
  class Scheduler {
    readonly #wait: Wait;

    constructor(token?: unknown) {
      if (token !== creation) throw illegalConstructor();
      this.#wait = wait;
    }

    wait(...args: unknown[]): Promise<void> {
      if (!isObject(this) || !(#wait in this)) throw illegalInvocation();
      return this.#start(...args);
    }

    async #start(ms?: unknown, options?: unknown): Promise<void> {
      if (arguments.length === 0) throw wrongParameter("Scheduler", "wait", 1, "number");
      const delayMs = Math.max(Math.trunc(toNumber(ms)) || 0, 0);
      const signal = readSignal(options);
      if (signal === undefined) return await this.#wait(delayMs);
      if (signal.aborted) throw withoutMarks(asError(signal.reason));
      try {
        await this.#wait(delayMs, signal);
      } catch (reason) {
        throw asError(reason);
      }
    }
  }
  platformClass(Scheduler);
  return new Scheduler(creation);
}

function readSignal(options: unknown): AbortSignal | undefined {
  if (options === undefined || options === null) return undefined;
  if (!isObject(options)) throw wrongParameter("Scheduler", "wait", 2, "WaitOptions");
  const { signal } = options as { signal?: unknown };
  if (signal === undefined) return undefined;
  if (signal instanceof AbortSignal) return signal;
  throw wrongField("signal", "WaitOptions", "AbortSignal");
}

// A signal that was aborted before is found out in another part of workerd, which drops `retryable`.
function withoutMarks(reason: unknown): unknown {
  if (!(reason instanceof DOMException)) return reason;
  return new DOMException(reason.message, reason.name);
}

// workerd makes an Error of a reason that is none.
function asError(reason: unknown): unknown {
  return isObject(reason) ? reason : new Error(String(reason));
}

/** Waits on the machine's clock; rejects with the reason of the signal. */
export function waitInRealTime(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
