// An actor: a single instance that is made for its first event, gets one event after the other through its gates, may be
// evicted when it is quiet, and is gone for good once it broke. Durable Objects are actors.
// https://developers.cloudflare.com/durable-objects/concepts/durable-object-lifecycle/

import { context } from "../context.ts";
import { WorkerEvent } from "../events/event.ts";
import type { Owner } from "../owner.ts";
import type { Worker } from "../worker/worker.ts";
import type { Section } from "./input-gate.ts";
import { Life } from "./life.ts";

/** What is behind an actor: how its instance is made, and what it keeps. */
export interface ActorHost<Instance> {
  readonly worker: Worker;
  /** How errors and reports name it. */
  readonly label: string;
  /** The id of a Durable Object; null for other actors. */
  readonly objectId: string | null;
  /** Makes the instance; nothing enters before. */
  create(life: Life<Instance>): Promise<Instance>;
  /** Called before code of it runs in a new turn: what was written in the last one is committed. */
  beforeTurn(): void;
  /** Called when a life has ended: what was not committed is lost. */
  afterLife(life: Life<Instance>): void;
  /** Makes what events get from a broken actor out of the error that broke it. */
  brokenBy(error: unknown): () => unknown;
  /** Called once, when it has broken: the next event goes to another actor. */
  onBroken(): void;
}

/** An event that waits for its delivery. */
export interface Entered<Instance> {
  readonly life: Life<Instance>;
  readonly event: WorkerEvent;
}

/** See the head of the file. */
export class Actor<Instance> {
  readonly #host: ActorHost<Instance>;
  #life: Life<Instance> | null = null;
  #broken: (() => unknown) | null = null;

  constructor(host: ActorHost<Instance>) {
    this.#host = host;
  }

  /**
   * Begins an event that is to be delivered: its gate is the actor's life, which starts with the first one. Throws the
   * error that broke the actor.
   */
  enter(owner: Owner, label: string): Entered<Instance> {
    if (this.#broken !== null) throw this.#broken();
    const life = this.#life ?? this.#start(owner);
    return { life, event: new WorkerEvent(label, this.#host.worker, owner, life) };
  }

  /**
   * Delivers an event, from a macrotask. Rejects with what the handler throws; with the error that broke the actor,
   * before it or on the way.
   */
  async deliver<T>(
    owner: Owner,
    label: string,
    handle: (instance: Instance) => T | Promise<T>,
  ): Promise<T> {
    const { life, event } = this.enter(owner, label);
    event.begin();
    try {
      return await life.deliver(event, () => handle(life.present));
    } finally {
      event.end();
    }
  }

  /** `blockConcurrencyWhile`: a callback that throws breaks the actor. */
  async block<T>(life: Life<Instance>, body: () => T | Promise<T>): Promise<T> {
    const running = context.get();
    const inSection = (section: Section): T | Promise<T> =>
      running === undefined ? body() : context.run({ ...running, section }, body);
    try {
      return await life.input.block(running?.section ?? null, inSection);
    } catch (error) {
      this.abort(error, life);
      throw error;
    }
  }

  /** Breaks it: events in flight and all later ones fail, and what was not committed is lost. */
  abort(error: unknown, life: Life<Instance> | null = this.#life): void {
    if (this.#broken !== null || life !== this.#life) return;
    this.#broken = this.#host.brokenBy(error);
    this.#endLife(this.#broken);
    this.#host.onBroken();
  }

  /** Removes the instance from memory; the next event makes another one. */
  evict(error: () => unknown): void {
    this.#endLife(error);
  }

  #endLife(error: () => unknown): void {
    const life = this.#life;
    if (life === null) return;
    this.#life = null;
    life.end(error);
    this.#host.afterLife(life);
  }

  #start(owner: Owner): Life<Instance> {
    const life = new Life<Instance>(this.#host.objectId, () => this.#host.beforeTurn());
    this.#life = life;
    const { worker, label } = this.#host;
    const event = new WorkerEvent(`the constructor of ${label}`, worker, owner, life);
    event.begin();
    const create = (section: Section): Promise<void> =>
      context.run({ owner, event, section }, async () => {
        life.instance = await this.#host.create(life);
      });
    life.input
      .block(null, create)
      .catch((error: unknown) => this.abort(error, life))
      .finally(() => event.end());
    return life;
  }
}
