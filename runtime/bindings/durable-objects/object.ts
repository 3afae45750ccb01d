// One Durable Object: an actor with its database. It is there as soon as somebody names it; the instance of the user's
// class is made for its first event.
// https://developers.cloudflare.com/durable-objects/concepts/what-are-durable-objects/

import { Actor, type ActorHost, type Entered } from "../../actors/actor.ts";
import type { Life } from "../../actors/life.ts";
import { BunflareError } from "../../errors.ts";
import type { Clock } from "../../clock/clock.ts";
import type { Owner } from "../../owner.ts";
import { SQL_LIMITS } from "../../sql/limits.ts";
import type { Store } from "../../store/store.ts";
import type { Worker } from "../../worker/worker.ts";
import type { ClassSettings } from "./config.ts";
import { DurableObjectState } from "./context.ts";
import { resetBy } from "./errors.ts";
import type { DurableObjectId } from "./ids.ts";
import { Alarm } from "./storage/alarm.ts";
import { ObjectDatabase } from "./storage/database.ts";
import { Entries } from "./storage/entries.ts";
import type { StorageHost } from "./storage/host.ts";
import { Sql } from "./storage/sql.ts";

/** An instance of a user's class: any of its handlers may be there. */
export type Instance = Readonly<Record<string, unknown>>;
type Class = new (ctx: DurableObjectState, env: unknown) => Instance;

/** What an object needs from its namespace. */
export interface ObjectOptions {
  readonly id: DurableObjectId;
  readonly worker: Worker;
  readonly className: string;
  readonly settings: ClassSettings;
  readonly store: Store;
  readonly clock: Clock;
  /** Where its database is in the store. */
  readonly path: string;
  /** Who causes what the calling code starts. */
  owner(): Owner;
  /** Called when something was committed. */
  onCommit(object: DurableObject): void;
  /** Called when it broke: it is used no more. */
  onBroken(object: DurableObject): void;
}

/** See the head of the file. */
export class DurableObject implements ActorHost<Instance> {
  readonly id: DurableObjectId;
  readonly worker: Worker;
  readonly label: string;
  readonly database: ObjectDatabase;
  readonly entries: Entries;
  readonly alarm: Alarm;
  readonly sql: Sql | null;
  readonly #options: ObjectOptions;
  readonly #actor: Actor<Instance>;
  #life: Life<Instance> | null = null;

  constructor(options: ObjectOptions) {
    const { id, worker, store, path } = options;
    this.#options = options;
    this.id = id;
    this.worker = worker;
    this.label = `${options.className} ${JSON.stringify(id.name ?? id.toString())}`;
    this.database = new ObjectDatabase(() => store.database(path, { limits: SQL_LIMITS }), {
      onWrite: () => this.#life?.output.close(),
      onCommit: () => {
        this.#life?.output.open();
        options.onCommit(this);
      },
      onCommitFailed: (error) => this.#actor.abort(error),
    });
    this.entries = new Entries(this.database, this);
    this.alarm = new Alarm(this.database);
    this.sql = options.settings.storage === "sqlite" ? new Sql(this.database) : null;
    this.#actor = new Actor<Instance>(this);
  }

  get objectId(): string {
    return this.id.toString();
  }

  /** Whether errors keep name, own properties and cause: in storage, and for callers. */
  get enhancedErrors(): boolean {
    return this.worker.config.compatibility.has("enhanced_error_serialization");
  }

  /** Who causes what the calling code starts. */
  owner(): Owner {
    return this.#options.owner();
  }

  /** See `Actor.enter`. */
  enter(owner: Owner, label: string): Entered<Instance> {
    return this.#actor.enter(owner, `${label} of ${this.label}`);
  }

  /** See `Actor.deliver`. */
  deliver<T>(
    owner: Owner,
    label: string,
    handle: (instance: Instance) => T | Promise<T>,
  ): Promise<T> {
    return this.#actor.deliver(owner, `${label} of ${this.label}`, handle);
  }

  /** Removes the instance from memory; what is in flight fails with `error`. */
  evict(error: () => unknown): void {
    this.database.commit();
    this.#actor.evict(error);
  }

  // ActorHost

  async create(life: Life<Instance>): Promise<Instance> {
    const Class = await this.#class();
    this.#life = life;
    const state = new DurableObjectState({
      id: this.id,
      worker: this.worker,
      storage: this.#storageFor(life, Class),
      block: (body) => this.#actor.block(life, body),
      abort: (error) => this.#actor.abort(error, life),
    });
    return new Class(state, this.worker.env);
  }

  beforeTurn(): void {
    this.database.commit();
  }

  afterLife(): void {
    this.#life = null;
    this.database.rollback();
    this.alarm.endRun("exception");
  }

  brokenBy(error: unknown): () => unknown {
    return resetBy(error, this);
  }

  onBroken(): void {
    this.#options.onBroken(this);
  }

  async #class(): Promise<Class> {
    const { className } = this.#options;
    const main = await this.worker.main();
    const exported = main[className];
    if (typeof exported === "function") return exported as Class;
    // A worker's own configuration is checked when `main` is loaded; another worker's may name a class of it too.
    throw new BunflareError("main_invalid", {
      what: `the worker "${this.worker.name}" does not export the class ${className}`,
      why: `${this.worker.config.main} exports ${Object.keys(main).join(", ") || "nothing"}`,
    });
  }

  #storageFor(life: Life<Instance>, { prototype }: { prototype: object }): StorageHost {
    const { database, entries, alarm, sql } = this;
    return {
      database,
      entries,
      alarm,
      sql,
      hasAlarmHandler: typeof Reflect.get(prototype, "alarm") === "function",
      deleteAllDeletesAlarm: this.#options.settings.deleteAllDeletesAlarm,
      now: () => this.#options.clock.now(),
      check: () => life.check(),
      block: (body) => this.#actor.block(life, body),
      confirm: async () => {
        const { whenConfirmed } = life;
        // Another event's entry may be what commits: then both would go on in one turn.
        if (whenConfirmed !== null) await life.receive(whenConfirmed);
      },
    };
  }
}
