// One life of an actor: its instance in memory with its gates, from the first event until it is evicted or breaks. What
// a life has started (timers, answers it waits for) ends with it.

import { context } from "../context.ts";
import type { EventGate, WorkerEvent } from "../events/event.ts";
import { InputGate } from "./input-gate.ts";
import type { Section } from "./input-gate.ts";
import { OutputGate } from "./output-gate.ts";

/** An event that is delivered to this life: it waits for the gate, or runs. */
interface Delivery {
  readonly event: WorkerEvent;
  fail(error: unknown): void;
}

const HOST_IS_GONE = "The execution context which hosts this callback is no longer running.";

/** See the head of the file. */
export class Life<Instance> implements EventGate {
  readonly input: InputGate;
  readonly output = new OutputGate();
  readonly objectId: string | null;
  /** Set once the constructor has run. */
  instance: Instance | null = null;
  readonly #deliveries = new Set<Delivery>();
  /** Events that have answered, whose background work goes on. */
  readonly #background = new Set<WorkerEvent>();
  /** Makes what everybody gets who still wants something of it. */
  #over: (() => unknown) | null = null;

  /** `beforeEntering` is called each time before code of it runs. */
  constructor(objectId: string | null, beforeEntering: () => void) {
    this.objectId = objectId;
    this.input = new InputGate(beforeEntering);
  }

  get isOver(): boolean {
    return this.#over !== null;
  }

  /** Throws what has ended it, once it is over. */
  check(): void {
    if (this.#over !== null) throw this.#over();
  }

  get isHeld(): boolean {
    return this.input.isHeld;
  }

  get isBusy(): boolean {
    return this.input.isBusy;
  }

  get whenConfirmed(): Promise<void> | null {
    return this.output.whenOpen;
  }

  /** See `EventGate`. */
  enter(from: Section | null): Promise<boolean> {
    return this.input.wait(from).then(
      () => true,
      () => false,
    );
  }

  /** See `EventGate`. */
  receive<T>(answer: Promise<T>): Promise<T> {
    const from = context.get()?.section ?? null;
    const goOn = async (): Promise<void> => {
      // Code that waits for what never comes is never run again, and collected.
      if (!(await this.enter(from))) await new Promise<never>(() => undefined);
    };
    return answer.then(
      async (value) => {
        await goOn();
        return value;
      },
      async (error: unknown) => {
        await goOn();
        throw error;
      },
    );
  }

  /** See `EventGate`. */
  async hold<T>(work: Promise<T>): Promise<T> {
    const release = this.input.hold();
    try {
      return await work;
    } finally {
      release();
    }
  }

  /** The instance, for code that runs after the constructor. */
  get present(): Instance {
    if (this.instance === null)
      throw new Error("unreachable: the gate opens after the constructor");
    return this.instance;
  }

  /** See `EventGate`. */
  deliver<T>(event: WorkerEvent, work: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#over !== null) {
        // A call of something that the event has handed out, or one that has not come yet.
        return reject(event.hasStarted ? new Error(HOST_IS_GONE) : this.#over());
      }
      const delivery: Delivery = { event, fail: reject };
      this.#deliveries.add(delivery);
      this.#run(event, work)
        .finally(() => this.#settle(delivery))
        .then(resolve, reject);
    });
  }

  async #run<T>(event: WorkerEvent, work: () => T | Promise<T>): Promise<T> {
    await this.input.wait(null);
    event.owner.world().assertOpen();
    event.hasStarted = true;
    try {
      return await context.run({ owner: event.owner, event }, work);
    } finally {
      await this.output.whenOpen;
    }
  }

  #settle(delivery: Delivery): void {
    const { event } = delivery;
    this.#deliveries.delete(delivery);
    if (!event.hasBackground || this.isOver) return;
    this.#background.add(event);
    void event.settled().then(() => this.#background.delete(event));
  }

  /** Ends it. Events in flight fail with errors that `makeError` makes, each with its own. */
  end(makeError: () => unknown): void {
    if (this.#over !== null) return;
    this.#over = makeError;
    this.input.break(makeError());
    this.output.break(makeError());
    for (const { event, fail } of this.#deliveries) {
      fail(makeError());
      event.abandon();
    }
    for (const event of this.#background) event.abandon();
    this.#deliveries.clear();
    this.#background.clear();
  }
}
