// Waits of worker code on the world's clock. As long as one is open its event counts as parked; when the event is over,
// they are cancelled, and new ones never end.

import { context } from "../context.ts";
import type { WorkerEvent } from "../events/event.ts";
import { native } from "./native.ts";

/** A wait that has neither ended nor been cancelled. */
export interface ClockWait {
  cancel(): void;
}

const NO_WAIT: ClockWait = { cancel: () => undefined };

/** Calls `then` from a macrotask when `delayMs` have passed on the clock; `name` is what started it, for errors. */
export function startWait(
  event: WorkerEvent,
  delayMs: number,
  name: string,
  then: () => void,
  site: Error = new Error(),
): ClockWait {
  if (event.isOver) return NO_WAIT;
  const { clock } = event.owner.world();
  const section = context.get()?.section ?? null;
  let isCancelled = false;
  const scheduled = clock.at(
    clock.now() + delayMs,
    `${name} in ${event.label}`,
    () => {
      event.deleteWait(wait);
      const { gate } = event;
      if (gate === null) return then();
      // Not parked any more, but held back by the actor's gate.
      event.begin();
      return gate.enter(section).then((goesOn) => {
        event.end();
        if (goesOn && !isCancelled) then();
      });
    },
    site,
  );
  const wait: ClockWait = {
    cancel: () => {
      isCancelled = true;
      event.deleteWait(wait);
      scheduled.cancel();
    },
  };
  event.addWait(wait);
  return wait;
}

/**
 * Resolves after `ms`: on the world's clock in worker code, else in real time. What `scheduler.wait` does. Never, when
 * the event is over before.
 *
 * Rejects with the signal's reason once it is aborted.
 */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return Promise.reject(signal.reason);
  const event = context.get()?.event ?? null;
  const site = new Error();
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      cancel();
      reject(signal?.reason);
    };
    const onEnd = (): void => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    };
    const cancel = event === null ? startReal(ms, onEnd) : startOnClock(event, ms, onEnd, site);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

function startReal(ms: number, then: () => void): () => void {
  const timer = native.setTimeout(then, ms);
  return () => native.clearTimeout(timer);
}

function startOnClock(event: WorkerEvent, ms: number, then: () => void, site: Error): () => void {
  // Whatever is no positive number is over at once, in a turn of its own.
  const started = startWait(event, ms > 0 ? ms : 0, "scheduler.wait", then, site);
  return () => started.cancel();
}
