// The clock of a world: real time plus an offset, with one native timer armed for the first due event.

import type { Clock, Scheduled } from "./clock.ts";
import { type Due, DueQueue } from "./queue.ts";

/** Native timers count in 31 bits; a later event is armed again when this has passed. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What a clock needs from its world. */
export interface WorldClockOptions {
  /** Gets the error of an event, with the event's label. */
  onError(error: unknown, label: string): void;
}

/** See `Clock`. Closing it cancels everything. */
export class WorldClock implements Clock {
  readonly #queue = new DueQueue();
  readonly #options: WorldClockOptions;
  // The platform's own functions, taken when the world opens: worker code and tests may replace the globals later.
  readonly #setTimeout = globalThis.setTimeout;
  readonly #clearTimeout = globalThis.clearTimeout;
  readonly #realNow = Date.now;
  #offset = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #armedFor = Number.POSITIVE_INFINITY;
  #closed = false;

  constructor(options: WorldClockOptions) {
    this.#options = options;
  }

  now(): number {
    return this.#realNow() + this.#offset;
  }

  at(time: number, label: string, event: () => void | Promise<void>): Scheduled {
    const due = this.#queue.add(time, label, event);
    if (!this.#closed) this.#arm();
    return {
      cancel: () => {
        due.cancelled = true;
      },
    };
  }

  /** Cancels every event. */
  cancelAll(): void {
    this.#queue.clear();
    this.#disarm();
  }

  /** Cancels every event; none fires any more. */
  close(): void {
    this.#closed = true;
    this.cancelAll();
  }

  #disarm(): void {
    if (this.#timer !== null) this.#clearTimeout(this.#timer);
    this.#timer = null;
    this.#armedFor = Number.POSITIVE_INFINITY;
  }

  #arm(): void {
    const first = this.#queue.peek();
    if (first === undefined || first.time >= this.#armedFor) return;
    this.#disarm();
    const delay = Math.min(Math.max(0, first.time - this.now()), LONGEST_TIMER_MS);
    this.#armedFor = first.time;
    this.#timer = this.#setTimeout(() => this.#fire(), delay);
    this.#timer.unref?.();
  }

  #fire(): void {
    this.#timer = null;
    this.#armedFor = Number.POSITIVE_INFINITY;
    if (this.#closed) return;
    const due = this.#queue.takeDue(this.now());
    if (due !== undefined) void this.#run(due);
    const next = this.#queue.peek();
    if (next === undefined) return;
    // Each event gets a turn of its own (law 5); a native timer of 0 ms would make that a millisecond.
    if (next.time <= this.now()) setImmediate(() => this.#fire());
    else this.#arm();
  }

  async #run(due: Due): Promise<void> {
    try {
      await due.event();
    } catch (error) {
      this.#options.onError(error, due.label);
    }
  }
}
