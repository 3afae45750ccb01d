// The events of a world that have not settled, and whether time may move on past them: an event is waited for until it
// settles or is parked, that is, until only clock waits are left.

import type { WorkerEvent } from "../events/event.ts";
import type { Owner } from "../owner.ts";

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

  /** The events that an owner caused. */
  of(owner: Owner): WorkerEvent[] {
    return [...this.#events].filter((event) => event.owner === owner);
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

  /** Whether an event waits on the clock, or for one that does, whatever else it waits for. */
  waitsOnClock(event: WorkerEvent): boolean {
    return (
      event.clockWaits > 0 || this.#someAwaited(event, (awaited) => this.waitsOnClock(awaited))
    );
  }

  #isParked(event: WorkerEvent): boolean {
    // Code that is about to go on may end the very wait that it is parked on.
    if (event.ioWaits > 0 || event.gate?.isBusy === true) return false;
    return event.clockWaits > 0 || this.#someAwaited(event, (awaited) => this.#isParked(awaited));
  }

  /**
   * Tests the events that this one waits for, as far as can be told: those that it called, and the one in a critical
   * section of its actor, which itself has a wait on the clock.
   */
  #someAwaited(event: WorkerEvent, test: (awaited: WorkerEvent) => boolean): boolean {
    const { gate } = event;
    const isHeld = gate !== null && gate.isHeld;
    for (const other of this.#events) {
      if (other.parent === event && test(other)) return true;
      if (isHeld && other.gate === gate && other.clockWaits > 0 && other.ioWaits === 0) return true;
    }
    return false;
  }
}
