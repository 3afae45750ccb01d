// One delivery to a worker, from its start until its background work (`waitUntil`) has ended.

import type { Owner } from "../owner.ts";
import type { Worker } from "../worker/worker.ts";

/** An event in flight. */
export class WorkerEvent {
  readonly label: string;
  readonly worker: Worker;
  readonly owner: Owner;
  /** Waits on the clock that the event's code has open: when only these are left, it is parked. */
  clockWaits = 0;
  readonly #background = new Set<Promise<unknown>>();
  readonly #errors: unknown[] = [];

  constructor(label: string, worker: Worker, owner: Owner) {
    this.label = label;
    this.worker = worker;
    this.owner = owner;
  }

  /** Takes work that goes on after the answer; its rejection belongs to the owner of the event. */
  waitUntil(work: unknown): void {
    const promise: Promise<unknown> = Promise.resolve(work).then(
      () => this.#settle(promise),
      (error: unknown) => {
        this.#errors.push(error);
        this.#settle(promise);
      },
    );
    this.#background.add(promise);
    this.owner.addBackground(this);
  }

  /** Resolves when all background work, also what it adds itself, has settled. Never rejects. */
  async settled(): Promise<void> {
    while (this.#background.size > 0) await Promise.all(this.#background);
  }

  /** Removes and gives the errors of its background work. */
  takeErrors(): unknown[] {
    return this.#errors.splice(0);
  }

  #settle(promise: Promise<unknown>): void {
    this.#background.delete(promise);
    if (this.#background.size === 0) this.owner.endBackground(this);
  }
}
