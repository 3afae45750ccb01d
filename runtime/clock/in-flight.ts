// The events of a world that have not settled, and whether time may move on past them: an event is waited for until it
// settles or is parked, that is, until only clock waits are left.

import type { WorkerEvent } from "../events/event.ts";

/** See the head of the file. */
export class InFlight {
  readonly #events = new Set<WorkerEvent>();

  add(event: WorkerEvent): void {
    this.#events.add(event);
  }

  delete(event: WorkerEvent): void {
    this.#events.delete(event);
  }

  clear(): void {
    this.#events.clear();
  }

  /** Whether an event is parked. */
  get hasParked(): boolean {
    for (const event of this.#events) if (this.#isParked(event)) return true;
    return false;
  }

  /** The first event that is neither parked nor passed over; undefined when time may move on. */
  firstBusy(passedOver: ReadonlySet<WorkerEvent>): WorkerEvent | undefined {
    for (const event of this.#events) {
      if (!this.#isParked(event) && !passedOver.has(event)) return event;
    }
    return undefined;
  }

  /** Whether an event, or one that it caused, waits on the clock, whatever else it waits for. */
  waitsOnClock(event: WorkerEvent): boolean {
    return event.clockWaits > 0 || this.#someChild(event, (child) => this.waitsOnClock(child));
  }

  // An event that called another one waits for that, as far as can be told.
  #isParked(event: WorkerEvent): boolean {
    if (event.ioWaits > 0) return false;
    return event.clockWaits > 0 || this.#someChild(event, (child) => this.#isParked(child));
  }

  #someChild(parent: WorkerEvent, test: (child: WorkerEvent) => boolean): boolean {
    for (const event of this.#events) if (event.parent === parent && test(event)) return true;
    return false;
  }
}
