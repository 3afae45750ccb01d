// Who causes events and gets their errors: one test, or a file outside of its tests.

import { native, Patience } from "./clock/native.ts";
import type { WorkerEvent } from "./events/event.ts";
import type { World } from "./world.ts";

/** Background work that neither settles nor waits on the clock holds a test up no longer than this. */
const PATIENCE_MS = 1000;

/**
 * What an owner is: a test; a hook that runs for each test; or a hook that runs once, or the file itself.
 */
export type OwnerLevel = "test" | "each" | "file";

/** What an owner needs from the one who made it. */
export interface OwnerOptions {
  /** "file" unless given. */
  readonly level?: OwnerLevel;
  /** Never ends, so nobody would ask for its errors: they are late from the start. */
  readonly isEndless?: boolean;
  /** How long it waits for what does not wait on the clock; a second unless given. */
  readonly patienceMs?: number;
  /** The world of the owner's file, opened at the first call. */
  world(): World;
  /** Takes an error that arrives after the owner has ended. */
  late(error: unknown): void;
}

/** Collects the errors of the events that it caused, until it ends. */
export class Owner {
  readonly #options: OwnerOptions;
  readonly #running = new Set<WorkerEvent>();
  readonly #finished = new Set<WorkerEvent>();
  readonly #errors: unknown[] = [];
  /** Its calls of the worker that have no answer yet. */
  #calls = 0;
  /** Called once, when it ends. */
  onEnd: (() => void) | null = null;
  #ended = false;

  constructor(options: OwnerOptions) {
    this.#options = options;
  }

  /** See `OwnerOptions.world`. */
  world(): World {
    return this.#options.world();
  }

  get #patienceMs(): number {
    return this.#options.patienceMs ?? PATIENCE_MS;
  }

  get level(): OwnerLevel {
    return this.#options.level ?? "file";
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Whether nothing that it caused is running or has failed. */
  get isIdle(): boolean {
    const isRunning = this.#calls > 0 || this.#running.size > 0;
    return !isRunning && this.#finished.size === 0 && this.#errors.length === 0;
  }

  /** Gives `answer`, a call of the worker; the owner does not end before it, also when nobody awaits it. */
  async follow<T>(answer: Promise<T>): Promise<T> {
    this.#calls++;
    try {
      return await answer;
    } finally {
      this.#calls--;
    }
  }

  /** Takes an error that nobody else receives: the owner fails with it. */
  fail(error: unknown): void {
    if (this.#ended || this.#options.isEndless === true) this.#options.late(error);
    else this.#errors.push(error);
  }

  /** Called by an event that has background work now. */
  addBackground(event: WorkerEvent): void {
    this.#running.add(event);
  }

  /**
   * Called by an event whose background work has settled. Its errors stay with the event until the owner ends, so that
   * `waitOnExecutionContext` can take them first.
   */
  endBackground(event: WorkerEvent): void {
    this.#running.delete(event);
    const takeLate = (): void => event.takeErrors().forEach((error) => this.#options.late(error));
    if (this.#ended) takeLate();
    else if (this.#options.isEndless === true) native.setImmediate(takeLate);
    else this.#finished.add(event);
  }

  /**
   * Waits for its calls and for the background work of its events; what only waits on the clock is parked and not waited
   * for, work on anything else for at most a second of real time. Then a warning names it.
   */
  async settle(): Promise<void> {
    if (this.#calls === 0 && this.#running.size === 0) return;
    const patience = new Patience(this.#patienceMs);
    while ((this.#calls > 0 || this.#running.size > 0) && !patience.isOver) {
      await new Promise<void>((resolve) => void native.setImmediate(resolve));
      if (this.#isParked()) return;
    }
    if (patience.isOver) this.#warn();
  }

  /** Names the events that it was held up by, each once, and not those that these wait for. */
  #warn(): void {
    const held = new Set([...this.#running, ...(this.#calls > 0 ? this.#events() : [])]);
    for (const event of held) {
      if (event.wasReported || (event.parent !== null && held.has(event.parent))) continue;
      event.wasReported = true;
      const what = event.hasBackground ? "waitUntil() work was still running" : "had no answer";
      const whose = this.level === "test" ? "its test" : "its hook";
      console.warn(
        `[bunflare] ${event.label}: ${what} ${this.#patienceMs / 1000} s after ${whose} ended; it was waited for that ` +
          "long. Let it end, or wait on the clock (setTimeout, scheduler.wait), which holds nothing up",
      );
    }
  }

  #events(): WorkerEvent[] {
    return this.world().events.of(this);
  }

  #isParked(): boolean {
    const { events } = this.world();
    const waited = this.#calls > 0 ? this.#events() : [...this.#running];
    // Without events a call has not begun, or its answer is on its way.
    return waited.length > 0 && waited.every((event) => events.waitsOnClock(event));
  }

  /** Ends it and gives the errors that nobody took, in the order in which they came. */
  end(): unknown[] {
    const background = [...this.#finished].flatMap((event) => event.takeErrors());
    this.#ended = true;
    this.onEnd?.();
    return [...this.#errors.splice(0), ...background];
  }
}
