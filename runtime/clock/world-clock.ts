// The clock of a world: real time plus an offset, or standing still. While it flows, one native timer is armed for the
// first due event; while it is held, an advance runs them (advance.ts).

import { context } from "../context.ts";
import type { Clock, DueReport, Scheduled } from "./clock.ts";
import { native } from "./native.ts";
import type { Due, DueQueue } from "./queue.ts";

/** Native timers count in 31 bits; a later event is armed again when this has passed. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What a clock needs from its world. */
export interface WorldClockOptions {
  /** Gets the error of an event, with the event's label. */
  onError(error: unknown, label: string): void;
  /** Called once, before time is moved or stopped for the first time. */
  onFirstMove?(): void;
}

/** See `Clock`. Closing it cancels everything. */
export class WorldClock implements Clock {
  /** Made when something is first due. */
  #queue: DueQueue | null = null;
  readonly #options: WorldClockOptions;
  /** Events whose promise has not settled. */
  readonly #pending = new Set<Due>();
  #offset = 0;
  #performanceOffset = 0;
  /** What the platform's clocks said when time was stopped; null while it flows. */
  #stopped: { readonly date: number; readonly performance: number } | null = null;
  #held = false;
  #moves = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #armedFor = Number.POSITIVE_INFINITY;
  #closed = false;
  /** The end of the last advance: they run one after another. */
  lastAdvance: Promise<void> = Promise.resolve();

  constructor(options: WorldClockOptions) {
    this.#options = options;
  }

  now(): number {
    return (this.#stopped?.date ?? native.dateNow()) + this.#offset;
  }

  /** What `performance.now()` says where it follows this clock. */
  performanceNow(): number {
    return (this.#stopped?.performance ?? native.performanceNow()) + this.#performanceOffset;
  }

  /** How often time was moved, stopped or let go: 0 as long as it is real time. */
  get moves(): number {
    return this.#moves;
  }

  /** Whether an advance is running the due events. */
  get isHeld(): boolean {
    return this.#held;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Whether an event was fired whose promise has not settled. */
  get hasPending(): boolean {
    return this.#pending.size > 0;
  }

  /** Waits for the events in flight no longer, and gives their labels. */
  forgetPending(): string[] {
    const labels = Array.from(this.#pending, (due) => due.label);
    this.#pending.clear();
    return labels;
  }

  /** See `Clock.at`; `site` is where a timer was started. */
  at(time: number, label: string, event: () => void | Promise<void>, site?: Error): Scheduled {
    const owner = context.get()?.owner ?? null;
    if (this.#queue === null) {
      const { DueQueue } = require("./queue.ts") as typeof import("./queue.ts");
      this.#queue = new DueQueue();
    }
    const due = this.#queue.add(time, label, event, { owner, site: site ?? null });
    this.#arm();
    return {
      cancel: () => {
        due.cancelled = true;
      },
    };
  }

  /** Everything that is due now or later, in the order in which it will run. */
  list(): DueReport[] {
    return this.#queue?.list().map(({ time, label }) => ({ time, label })) ?? [];
  }

  /** Moves time to `time`, also backwards, and stops it there. Nothing runs within this call. */
  stop(time: number = this.now()): void {
    this.#beforeMove();
    this.#stopped ??= { date: native.dateNow(), performance: native.performanceNow() };
    this.#shift(time - this.now());
    this.#rearm();
  }

  /** Lets time flow on from where it stands. */
  flow(): void {
    if (this.#stopped === null) return;
    this.#beforeMove();
    const now = this.now();
    const performanceNow = this.performanceNow();
    this.#stopped = null;
    this.#offset = now - native.dateNow();
    this.#performanceOffset = performanceNow - native.performanceNow();
    this.#rearm();
  }

  /**
   * Stops time and leaves the due events to the caller, until the given function is called: then time flows again if it
   * did before.
   */
  hold(): () => void {
    const flowed = this.#stopped === null;
    this.#held = true;
    this.stop();
    return () => {
      this.#held = false;
      if (flowed) this.flow();
      else this.#rearm();
    };
  }

  /** Takes the first event that is due at `time` at the latest, having moved the time that is held to it. */
  takeUntil(time: number): Due | undefined {
    const due = this.#queue?.takeDue(time);
    // An event that is late runs late: time never goes back to it.
    const ahead = due === undefined ? 0 : due.time - this.now();
    if (ahead > 0) {
      this.#moves++;
      this.#shift(ahead);
    }
    return due;
  }

  /**
   * Counts on the platform's clock as it is now, after the runner has faked it or put it back. When it gave it a time
   * (`isSet`), that becomes this clock's: what it was moved by before is forgotten. An advance keeps the time it has.
   */
  obey(isSet: boolean): void {
    if (isSet && !this.#held) {
      this.#beforeMove();
      this.#stopped = null;
      this.#offset = 0;
      this.#performanceOffset = 0;
    }
    this.#rearm();
  }

  /** Runs an event that was taken. */
  run(due: Due): void {
    // An event inside which it was scheduled, or the timer armed, is not the one that it belongs to.
    const owner = due.owner?.hasEnded === false ? due.owner : context.get()?.owner;
    if (owner === undefined) this.#start(due);
    else context.run({ owner, event: null }, () => this.#start(due));
  }

  /** Cancels every event. */
  cancelAll(): void {
    this.#queue?.clear();
    this.#pending.clear();
    this.#disarm();
  }

  /** Cancels every event; none fires any more. */
  close(): void {
    this.#closed = true;
    this.cancelAll();
  }

  #shift(ms: number): void {
    this.#offset += ms;
    // It never goes back, as everywhere.
    if (ms > 0) this.#performanceOffset += ms;
  }

  #beforeMove(): void {
    if (this.#moves === 0) this.#options.onFirstMove?.();
    this.#moves++;
  }

  #disarm(): void {
    if (this.#timer !== null) native.clearTimeout(this.#timer);
    this.#timer = null;
    this.#armedFor = Number.POSITIVE_INFINITY;
  }

  #rearm(): void {
    this.#disarm();
    this.#arm();
  }

  #arm(): void {
    if (this.#closed || this.#held) return;
    const first = this.#queue?.peek();
    if (first === undefined || first.time >= this.#armedFor) return;
    const now = this.now();
    // Time that stands still reaches nothing.
    if (this.#stopped !== null && first.time > now) return;
    this.#disarm();
    const delay = Math.min(Math.max(0, first.time - now), LONGEST_TIMER_MS);
    this.#armedFor = first.time;
    this.#timer = native.setTimeout(() => this.#fire(), delay);
    this.#timer.unref?.();
  }

  #fire(): void {
    this.#disarm();
    if (this.#closed || this.#held) return;
    const due = this.#queue?.takeDue(this.now());
    if (due !== undefined) this.run(due);
    const next = this.#queue?.peek();
    if (next === undefined) return;
    // Each event gets a turn of its own (law 5); a native timer of 0 ms would make that a millisecond.
    if (next.time <= this.now()) native.setImmediate(() => this.#fire());
    else this.#arm();
  }

  #start(due: Due): void {
    let result: void | Promise<void>;
    try {
      result = due.event();
    } catch (error) {
      this.#options.onError(error, due.label);
      return;
    }
    if (!(result instanceof Promise)) return;
    this.#pending.add(due);
    result.then(
      () => this.#pending.delete(due),
      (error: unknown) => {
        this.#pending.delete(due);
        this.#options.onError(error, due.label);
      },
    );
  }
}
