// The objects of one class: the resource behind a namespace. Those in memory by their id, and the alarms of all of them.
// https://developers.cloudflare.com/durable-objects/

import type { Context } from "../../binding.ts";
import { BunflareError } from "../../errors.ts";
import type { Owner } from "../../owner.ts";
import type { Random } from "../../random.ts";
import type { Worker } from "../../worker/worker.ts";
import { Alarms } from "./alarms.ts";
import { classSettings, type ClassSettings, type DurableObjectOptions } from "./config.ts";
import { type DurableObjectId, IdFactory } from "./ids.ts";
import { DurableObject } from "./object.ts";
import { createStubClass, type StubClass } from "./stub.ts";

/**
 * One row for each object that has ever committed something. `alarm` is what the object has set, `due` when the handler
 * runs next (later, after failures), both in ms since the epoch; `attempts` how often it has failed.
 */
export const tables: readonly string[] = [
  `CREATE TABLE durable_objects (
    namespace TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT,
    alarm INTEGER,
    due INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (namespace, id)
  ) WITHOUT ROWID;
  CREATE INDEX durable_object_alarms ON durable_objects (namespace, due) WHERE due IS NOT NULL`,
];

/** See the head of the file. */
export class Objects {
  readonly ids: IdFactory;
  readonly random: Random;
  readonly alarms: Alarms;
  readonly className: string;
  readonly #context: Context<DurableObjectOptions>;
  readonly #script: string;
  #settings: ClassSettings | null = null;
  readonly #objects = new Map<string, DurableObject>();
  readonly #stubs = new Map<string, StubClass>();

  constructor(context: Context<DurableObjectOptions>) {
    this.#context = context;
    this.random = context.random;
    this.ids = new IdFactory(context.id);
    const { className, script } = optionsOf(context);
    this.className = className;
    this.#script = script;
    this.alarms = new Alarms(context, this);
  }

  /** The owner of the calling code. */
  owner(): Owner {
    return this.#context.workers.owner();
  }

  /** The class of the stubs that a worker's code gets; one for each worker, because their calls are its own. */
  stubs(caller: string): StubClass {
    const known = this.#stubs.get(caller);
    if (known !== undefined) return known;
    const worker = this.#context.workers.get(caller) ?? this.worker;
    const made = createStubClass(worker.rpc, () => worker.realm);
    this.#stubs.set(caller, made);
    return made;
  }

  /** The worker that exports the class. Throws `BunflareError` "binding_unsupported" when it is not loaded. */
  get worker(): Worker {
    const { className } = this;
    const script = this.#script;
    const worker = this.#context.workers.get(script);
    if (worker !== undefined) return worker;
    throw new BunflareError("worker_missing", {
      what: `the Durable Object class ${className} of the worker "${script}" was used`,
      why: `the worker "${script}" is not loaded`,
      todo: "List its configuration in bunfig.toml, [bunflare] workers, or give the test a fake: override()",
    });
  }

  /** The object of an id. A broken one has made way for a new one. */
  object(id: DurableObjectId): DurableObject {
    const hex = id.toString();
    const known = this.#objects.get(hex);
    if (known !== undefined) return known;
    const { id: namespace, store, clock } = this.#context;
    const { worker, className } = this;
    this.#settings ??= classSettings(worker.config, className);
    const object = new DurableObject({
      id: id.name === undefined ? this.alarms.restore(hex) : id,
      worker,
      className,
      settings: this.#settings,
      store,
      clock,
      path: `do/${fileName(namespace)}/${hex}.sqlite`,
      owner: () => this.owner(),
      onCommit: (committed) => this.alarms.update(committed),
      onBroken: (broken) => {
        if (this.#objects.get(hex) === broken) this.#objects.delete(hex);
      },
    });
    this.#objects.set(hex, object);
    return object;
  }

  /** Ids of all objects that have something, by name or id. */
  list(): DurableObjectId[] {
    return this.alarms.list();
  }

  /** Removes all instances from memory. */
  close(): void {
    this.alarms.close();
    const error = (): BunflareError =>
      new BunflareError("usage", {
        what: "a Durable Object was closed while it handled an event",
        why: "its store was reset, or its test file has ended",
        todo: "Await the work in the test that starts it",
      });
    for (const object of this.#objects.values()) object.evict(error);
    this.#objects.clear();
  }
}

// All definitions of one id are of the same class.
function optionsOf({ definitions }: Context<DurableObjectOptions>): DurableObjectOptions {
  const [first] = definitions;
  if (first === undefined) throw new Error("a resource has at least one definition");
  return first.options;
}

function fileName(namespace: string): string {
  return namespace.replace(/[^\w-]/g, (unit) => `%${unit.charCodeAt(0).toString(16)}`);
}
