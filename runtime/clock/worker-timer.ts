// A timer of worker code, which waits on the world's clock.
// https://developers.cloudflare.com/workers/runtime-apis/web-standards/#timers

import { context } from "../context.ts";
import type { WorkerEvent } from "../events/event.ts";
import type { Callback } from "./timers.ts";
import { type ClockWait, startWait } from "./wait.ts";

/** A timer of worker code: Node's Timeout, as workerd gives it with `nodejs_compat` (on by default from 2026-08-04). */
export class WorkerTimer {
  readonly #event: WorkerEvent;
  readonly #delayMs: number;
  readonly #repeats: boolean;
  readonly #fire: () => void;
  readonly #site = new Error();
  #wait: ClockWait | null = null;
  #isClosed = false;

  constructor(
    event: WorkerEvent,
    callback: Callback,
    delay: number | undefined,
    args: unknown[],
    repeats: boolean,
  ) {
    this.#event = event;
    // As in workerd, and unlike in Node, there is a delay of 0, and none that is too long.
    this.#delayMs = Number(delay) >= 1 ? Math.trunc(Number(delay)) : 0;
    this.#repeats = repeats;
    const inContext = context.snapshot();
    this.#fire = () => inContext(() => Reflect.apply(callback, this, args));
    this.refresh();
  }

  /** Starts it anew. */
  refresh(): this {
    this.close();
    this.#isClosed = false;
    this.#wait = startWait(
      this.#event,
      this.#delayMs,
      this.#repeats ? "setInterval" : "setTimeout",
      () => this.#due(),
      this.#site,
    );
    return this;
  }

  /** Cancels it. */
  close(): this {
    this.#wait?.cancel();
    this.#wait = null;
    this.#isClosed = true;
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #due(): void {
    this.#wait = null;
    try {
      this.#fire();
    } catch (error) {
      this.#event.owner.fail(error);
    }
    // Afterwards, as workerd does: what the callback starts with the same delay comes before its next call.
    if (this.#repeats && !this.#isClosed && this.#wait === null) this.refresh();
  }
}
