// Where RPC happens to a worker's code: an event of it, or, for calls that go out from a test, the test itself. Stubs of
// what an event has handed out are called among that event's own turns, behind the gate of its actor if there is one.
// https://developers.cloudflare.com/workers/runtime-apis/rpc/lifecycle/

import { native } from "../clock/native.ts";
import { context } from "../context.ts";
import { WorkerEvent } from "../events/event.ts";
import type { Owner } from "../owner.ts";
import type { Realm } from "../rpc/callee.ts";
import type { Rpc } from "../rpc/stub.ts";
import type { Worker } from "./worker.ts";

/** The realm of an event that exists. */
export function realmOf(event: WorkerEvent): Realm {
  return new EventRealm(event);
}

/** A realm for a new event: what is delivered to it runs inside that. */
export function newRealm(worker: Worker, owner: Owner, label: string): EventRealm {
  return new EventRealm(new WorkerEvent(label, worker, owner));
}

/** The realm of the calling code, which uses stubs of `worker`; `owner` is asked outside of events. */
export function currentRealm(worker: Worker, owner: () => Owner): Realm {
  const event = context.get()?.event ?? null;
  if (event !== null && event.worker === worker) return new EventRealm(event);
  return new TestRealm(worker, event?.owner ?? owner());
}

abstract class WorkerRealm {
  readonly #worker: Worker;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  get rpc(): Rpc {
    return this.#worker.rpc;
  }

  get enhancedErrors(): boolean {
    return this.#worker.config.compatibility.has("enhanced_error_serialization");
  }

  get duplicatesArguments(): boolean {
    return this.#worker.config.compatibility.has("rpc_params_dup_stubs");
  }
}

/** The realm of one event. */
export class EventRealm extends WorkerRealm implements Realm {
  readonly event: WorkerEvent;

  constructor(event: WorkerEvent) {
    super(event.worker);
    this.event = event;
  }

  get durableObjectId(): string | undefined {
    return this.event.gate?.objectId ?? undefined;
  }

  async deliver<T>(work: () => Promise<T>): Promise<T> {
    const { event } = this;
    const { owner, gate } = event;
    event.begin();
    try {
      // A message leaves an actor when what was written before it is safe.
      await context.get()?.event?.gate?.whenConfirmed;
      if (gate !== null) return await gate.deliver(event, work);
      await nextTurn();
      owner.world().assertOpen();
      return await context.run({ owner, event }, work);
    } finally {
      event.end();
    }
  }

  hold(): void {
    this.event.hold();
  }

  release(): void {
    this.event.release();
  }

  adopt(thing: Disposable): void {
    this.event.adopt(thing);
  }

  report(error: unknown): void {
    this.event.owner.fail(error);
  }

  receive<T>(answer: Promise<T>): Promise<T> {
    return this.event.gate?.receive(answer) ?? answer;
  }
}

/** The realm of code outside of events: a test that calls a worker, and the functions that it passes. */
class TestRealm extends WorkerRealm implements Realm {
  readonly #owner: Owner;

  constructor(worker: Worker, owner: Owner) {
    super(worker);
    this.#owner = owner;
  }

  async deliver<T>(work: () => Promise<T>): Promise<T> {
    await nextTurn();
    return context.run({ owner: this.#owner, event: null }, work);
  }

  report(error: unknown): void {
    this.#owner.fail(error);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void native.setImmediate(resolve));
}
