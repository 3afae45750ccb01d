// Moves time forward: runs everything that becomes due on the way, in time order, each from a macrotask of its own
// (law 5). Between two of them every event in flight is waited for until it settles or is parked; real input and output
// is waited for in real time, while the world's time stands still.

import { BunflareError } from "../errors.ts";
import type { WorkerEvent } from "../events/event.ts";
import { callSiteOf } from "./call-site.ts";
import type { InFlight } from "./in-flight.ts";
import { native, Patience } from "./native.ts";
import type { Due } from "./queue.ts";
import type { WorldClock } from "./world-clock.ts";

/** One advance runs no more events than this. */
export const FIRINGS_MAX = 10_000;

/** What is neither settled nor parked is waited for this long: less than the runner's limit for a test. */
const PATIENCE_MS = 3000;

/** What an advance needs. */
export interface AdvanceOptions {
  readonly clock: WorldClock;
  readonly events: InFlight;
  /** Where to, in ms since the epoch; asked when it begins, because advances run one after another. */
  target(now: number): number;
  readonly patienceMs?: number;
}

/**
 * Moves time and resolves when it has arrived. Time stops on the way, and flows on afterwards if it did before.
 *
 * Rejects with what `target` throws, with `BunflareError` "time_stuck" when an event waits too long for something that
 * is not on the clock, and with "time_runaway" when there are too many events. Errors of the events go to their owners.
 */
export function advance(options: AdvanceOptions): Promise<void> {
  const { clock } = options;
  const run = clock.lastAdvance.then(() => new Advance(options).run());
  clock.lastAdvance = run.catch(() => {});
  return run;
}

class Advance {
  readonly #clock: WorldClock;
  readonly #events: InFlight;
  readonly #options: AdvanceOptions;
  readonly #patienceMs: number;
  readonly #patience: Patience;
  /** Events whose input and output was waited for in vain, and that the clock may help. */
  readonly #passedOver = new Set<WorkerEvent>();
  readonly #fired: Due[] = [];
  #waits = false;

  constructor(options: AdvanceOptions) {
    this.#clock = options.clock;
    this.#events = options.events;
    this.#options = options;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#patience = new Patience(this.#patienceMs);
  }

  async run(): Promise<void> {
    const release = this.#clock.hold();
    try {
      const now = this.#clock.now();
      const target = this.#options.target(now);
      await this.#runUntil(target);
      if (this.#clock.now() < target) this.#clock.stop(target);
    } finally {
      release();
    }
  }

  #runUntil(target: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const step = (): void => {
        // The file has ended: nobody waits for this any more.
        if (this.#clock.isClosed) return;
        try {
          if (this.#isQuiet() && !this.#runNext(target)) resolve();
          else native.setImmediate(step);
        } catch (error) {
          reject(error);
        }
      };
      native.setImmediate(step);
    });
  }

  /** Runs the next event; false when none is due. */
  #runNext(target: number): boolean {
    const due = this.#clock.takeUntil(target);
    if (due === undefined) return false;
    if (this.#fired.length === FIRINGS_MAX) throw this.#runaway(due);
    this.#fired.push(due);
    this.#clock.run(due);
    return true;
  }

  /** Whether time may move on. Throws when it has been waited for too long. */
  #isQuiet(): boolean {
    const busy = this.#events.firstBusy(this.#passedOver);
    // A binding's own event in flight waits for the worker's that it caused, as far as can be told.
    if (busy === undefined && (!this.#clock.hasPending || this.#events.hasParked)) {
      this.#waits = false;
      return true;
    }
    if (!this.#waits) {
      this.#waits = true;
      this.#patience.renew();
    } else if (this.#patience.isOver) {
      this.#giveUpOn(busy);
    }
    return false;
  }

  #giveUpOn(busy: WorkerEvent | undefined): void {
    if (busy !== undefined && this.#events.waitsOnClock(busy)) {
      this.#passedOver.add(busy);
      this.#waits = false;
      return;
    }
    // It fails this test only: later ones do not wait for it again.
    if (busy !== undefined) this.#events.delete(busy);
    const label = busy?.label ?? this.#clock.forgetPending().join(", ");
    throw new BunflareError("time_stuck", {
      what: `advanceTime() waited ${this.#patienceMs} ms for ${label}`,
      why: "it has neither ended nor waits on the clock of the test, but for something else",
      todo: "Let it go on before you move time, or make it wait with a timer or scheduler.wait()",
    });
  }

  #runaway(next: Due): BunflareError {
    const counts = new Map<string, number>();
    for (const due of this.#fired.slice(-100)) {
      const site = callSiteOf(due.site);
      const name = site === null ? due.label : `${due.label} (started at ${site})`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const last = Array.from(counts, ([name, count]) => `${count} × ${name}`);
    return new BunflareError("time_runaway", {
      what: `advanceTime() ran ${FIRINGS_MAX} events and only came to ${new Date(next.time).toISOString()}`,
      why: `the last 100 were ${last.slice(0, 5).join(", ")}`,
      todo: "Advance time by less, or end the timer or loop that goes on",
    });
  }
}
