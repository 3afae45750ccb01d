// A world whose events the test starts itself, with the timers of worker code in place.

import { deliver } from "../../../runtime/events/deliver.ts";
import type { WorkerEvent } from "../../../runtime/events/event.ts";
import { advance } from "../../../runtime/clock/advance.ts";
import { patchTimers } from "../../../runtime/clock/timers.ts";
import { Owner } from "../../../runtime/owner.ts";
import { openTestWorld, type TestWorld } from "../../bindings/world.ts";

/** When time stands still in `WorkerTime`. */
export const START = Date.parse("2026-12-24T18:00:00Z");

/** See the head of the file. Time stands still at `START`. */
export class WorkerTime implements Disposable {
  readonly owner: Owner;
  readonly #opened: TestWorld;
  readonly #undo: () => void;

  constructor(config: Record<string, unknown> = {}) {
    this.#opened = openTestWorld(config);
    this.owner = new Owner({
      world: () => this.world,
      late: (error) => {
        throw error;
      },
    });
    this.#undo = patchTimers(globalThis, () => undefined);
    this.world.clock.stop(START);
  }

  get world(): TestWorld["world"] {
    return this.#opened.world;
  }

  /** The time since `START`, in ms. */
  get passed(): number {
    return this.world.clock.now() - START;
  }

  /** Runs `handle` as an event of the worker. */
  run<T>(handle: (event: WorkerEvent) => T | Promise<T>, label = "GET /"): Promise<T> {
    return deliver(this.world.primary, this.owner, label, handle);
  }

  /** Runs `start` as an event that somebody holds: what it starts goes on. */
  begin(start: () => void, label?: string): Promise<void> {
    return this.run((event) => {
      event.hold();
      start();
    }, label);
  }

  advance(ms: number, patienceMs?: number): Promise<void> {
    const { clock, events } = this.world;
    const target = (now: number): number => now + ms;
    return advance({ clock, events, target, ...(patienceMs !== undefined && { patienceMs }) });
  }

  /** The errors that the event's owner has. */
  end(): unknown[] {
    return this.owner.end();
  }

  [Symbol.dispose](): void {
    this.#undo();
    this.#opened[Symbol.dispose]();
  }
}
