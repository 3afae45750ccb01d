// Everything that one test file owns: a clock, a random source, a store, the workers and their open resources. It opens
// lazily and ends with `close()`, after which everything it handed out throws (law 4).

import type { AnyBinding, BindingEntry, Definition, Use } from "./binding.ts";
import type { InFlight } from "./clock/in-flight.ts";
import type { SqlTime } from "./clock/sql-time.ts";
import { WorldClock } from "./clock/world-clock.ts";
import type { WorkerConfig } from "./config/types.ts";
import { createEnv } from "./env.ts";
import { BunflareError } from "./errors.ts";
import { context } from "./context.ts";
import type { Owner } from "./owner.ts";
import type { Random } from "./random.ts";
import type { Rpc } from "./rpc/stub.ts";
import type { OwnedStore } from "./store/store.ts";
import type { ClassUse } from "./worker/exports.ts";
import type { WorkerLookup } from "./worker/lookup.ts";
import { type MainModule, Worker } from "./worker/worker.ts";

/** What a world is made from. */
export interface WorldOptions {
  /** How errors name it: the test file, relative to the working directory. */
  readonly name: string;
  /** The workers, the primary one first. */
  readonly workers: readonly WorkerConfig[];
  readonly bindings: readonly BindingEntry[];
  readonly store: OwnedStore;
  /** The same seed gives the same ids. */
  readonly seed: string;
  /** Members of the primary worker's env that take the place of its own. */
  readonly fakes?: Readonly<Record<string, unknown>>;
  /** Imports a worker's main module. */
  load(worker: WorkerConfig): Promise<MainModule>;
  /** Who causes what code outside of events starts. */
  owner(): Owner;
  /** The RPC classes of the primary worker, whose `cloudflare:workers` is there before the world is. */
  readonly rpc?: () => Rpc;
  /** Gets the errors of due events that no test caused. */
  onError(error: unknown, label: string): void;
  /** Called once, before the world's time is moved or stopped for the first time. */
  onFirstMove?(clock: WorldClock): void;
}

/** A resource, open or not, with all that opens it again. */
interface Slot {
  readonly binding: AnyBinding;
  readonly definitions: Definition[];
  readonly use: Use<unknown>;
  resource: unknown;
  isOpen: boolean;
  /** It was open before, and its data is still there. */
  wasOpen: boolean;
}

/** See the head of the file. */
export class World {
  readonly name: string;
  readonly clock: WorldClock;
  readonly store: OwnedStore;
  /** When it was opened, in ms since the epoch on its own clock. */
  readonly openedAt: number;
  readonly #bindings: readonly BindingEntry[];
  readonly #loaded = new Map<BindingEntry, AnyBinding>();
  readonly #slots = new Map<string, Slot>();
  readonly #workers = new Map<string, Worker>();
  readonly #lookup: WorkerLookup;
  /** Which resource an exposed object belongs to: for `stateOf(env.DB)` and the matchers. */
  readonly #exposed = new WeakMap<object, Slot>();
  readonly #tablesReady = new Set<string>();
  readonly #primary: Worker;
  readonly #seed: string;
  #sqlTime: SqlTime | null = null;
  #events: InFlight | null = null;
  #random: Random | null = null;
  #closed = false;

  constructor(options: WorldOptions) {
    this.name = options.name;
    this.store = options.store;
    this.#seed = options.seed;
    this.clock = new WorldClock({
      onError: options.onError,
      onFirstMove: () => {
        this.#moveSqlTime();
        options.onFirstMove?.(this.clock);
      },
    });
    this.openedAt = this.clock.now();
    this.#bindings = options.bindings;
    this.#lookup = {
      get: (name) => this.#workers.get(name),
      names: options.workers.map(({ name }) => name),
      owner: () => context.get()?.event?.owner ?? options.owner(),
    };
    for (const config of options.workers)
      this.#workers.set(config.name, this.#worker(config, options));
    const [primary] = this.#workers.values();
    if (primary === undefined) throw new Error("a world has at least one worker");
    this.#primary = primary;
  }

  /** The events of its workers that have not settled. */
  get events(): InFlight {
    if (this.#events === null) {
      const { InFlight } = require("./clock/in-flight.ts") as typeof import("./clock/in-flight.ts");
      this.#events = new InFlight();
    }
    return this.#events;
  }

  get random(): Random {
    if (this.#random === null) {
      const { createRandom } = require("./random.ts") as typeof import("./random.ts");
      this.#random = createRandom(this.#seed);
    }
    return this.#random;
  }

  /** The worker whose tests these are. */
  get primary(): Worker {
    return this.#primary;
  }

  /** The workers by name. */
  get workers(): WorkerLookup {
    return this.#lookup;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Throws "the store of a.test.ts is closed" once it is. */
  assertOpen(): void {
    if (!this.#closed) return;
    throw new BunflareError("store_closed", {
      what: `the store of ${this.name} is closed`,
      why: "its test file has ended, and this code is a leftover of it",
      todo: "Await the work in the test that starts it",
    });
  }

  /** The open resource behind an exposed object with its binding and id; undefined for anything else. */
  resourceOf(exposed: unknown): { binding: AnyBinding; resource: unknown; id: string } | undefined {
    if (typeof exposed !== "object" || exposed === null) return undefined;
    const slot = this.#exposed.get(exposed);
    if (slot === undefined) return undefined;
    const id = slot.definitions[0]?.id ?? "";
    return { binding: slot.binding, resource: slot.use(), id };
  }

  /** The resources of one kind of binding; those that are not open are opened. */
  resources(kind: string): unknown[] {
    this.assertOpen();
    const slots = Array.from(this.#slots.values()).filter(({ binding }) => binding.kind === kind);
    return slots.map(({ use }) => use());
  }

  /**
   * Moves time forward to `target`, running what becomes due in time order: see `advance` in clock/advance.ts, also for
   * what it rejects with. `target` gets the time at which the advance begins, because they run one after another.
   */
  advance(target: (now: number) => number): Promise<void> {
    this.assertOpen();
    // What was closed meanwhile has its due events in the store only.
    for (const slot of this.#slots.values()) if (slot.wasOpen) slot.use();
    const { advance } = require("./clock/advance.ts") as typeof import("./clock/advance.ts");
    return advance({ clock: this.clock, events: this.events, target });
  }

  /** Opens every resource, so that each arms what is due in its rows; otherwise its first use does. */
  openAll(): void {
    for (const slot of this.#slots.values()) slot.use();
  }

  /** Deletes all data of all bindings; time stays where it is. Exposed objects stay valid; open resources open anew. */
  reset(): void {
    this.assertOpen();
    this.closeResources();
    this.clock.cancelAll();
    this.#events?.clear();
    this.store.reset();
    for (const slot of this.#slots.values()) slot.wasOpen = false;
    this.#tablesReady.clear();
  }

  /** Ends the world: cancels what is due, closes every resource and removes the store. Doing so twice is fine. */
  close(): void {
    if (this.#closed) return;
    this.closeResources();
    this.#closed = true;
    this.clock.close();
    this.#events?.clear();
    this.#sqlTime?.close();
    this.store.close();
  }

  // From then on SQL follows the clock: in databases that are open, and in those that open later.
  #moveSqlTime(): void {
    const { SqlTime } = require("./clock/sql-time.ts") as typeof import("./clock/sql-time.ts");
    const sqlTime = new SqlTime(this.clock);
    this.#sqlTime = sqlTime;
    this.store.eachDatabase((database) => sqlTime.follow(database));
  }

  /** Closes every open resource; the next use opens it anew from the store, which nobody notices (law 2). */
  closeResources(): void {
    for (const slot of this.#slots.values()) {
      if (!slot.isOpen) continue;
      slot.isOpen = false;
      slot.binding.close?.(slot.resource);
      slot.resource = undefined;
    }
  }

  #worker(config: WorkerConfig, options: WorldOptions): Worker {
    const isPrimary = config === options.workers[0];
    const exposures = new Map<string, () => unknown>();
    const namespaces = new Map<string, () => unknown>();
    const classes: ClassUse[] = [];
    for (const binding of this.#bindingsOf(config)) {
      const definitions = config.derive(binding.kind, () => binding.parse(config));
      for (const definition of definitions) {
        const slot = this.#slot(binding, definition);
        if (binding.classes !== undefined) classes.push(...binding.classes(definition));
        if (definition.name !== null) {
          exposures.set(definition.name, () => this.#expose(slot, definition));
        }
        const loopback = binding.loopback?.(definition) ?? null;
        if (loopback !== null) {
          namespaces.set(loopback.className, () => loopback.expose(slot.use));
        }
      }
    }
    return new Worker({
      config,
      env: createEnv(config.variables, exposures, isPrimary ? options.fakes : {}),
      classes,
      load: () => options.load(config),
      owner: this.#lookup.owner,
      namespaces,
      ...(isPrimary && options.rpc !== undefined && { rpc: options.rpc }),
    });
  }

  #bindingsOf(config: WorkerConfig): AnyBinding[] {
    const found: AnyBinding[] = [];
    for (const entry of this.#bindings) {
      if (!isConfigured(entry, config)) continue;
      const binding = this.#loaded.get(entry) ?? entry.load();
      this.#loaded.set(entry, binding);
      found.push(binding);
    }
    return found;
  }

  #slot(binding: AnyBinding, definition: Definition): Slot {
    const key = `${binding.kind}:${definition.id}`;
    const known = this.#slots.get(key);
    if (known !== undefined) {
      known.definitions.push(definition);
      return known;
    }
    const slot: Slot = {
      binding,
      definitions: [definition],
      resource: undefined,
      isOpen: false,
      wasOpen: false,
      use: () => (slot.isOpen ? slot.resource : this.#open(slot)),
    };
    this.#slots.set(key, slot);
    return slot;
  }

  #open(slot: Slot): unknown {
    this.assertOpen();
    const { binding, definitions } = slot;
    if (binding.tables !== undefined && !this.#tablesReady.has(binding.kind)) {
      this.store.tables(binding.kind, binding.tables);
      this.#tablesReady.add(binding.kind);
    }
    const [first] = definitions;
    const random = (): Random => this.random;
    slot.resource = binding.open({
      id: first?.id ?? "",
      definitions,
      store: this.store,
      clock: this.clock,
      get random() {
        return random();
      },
      workers: this.#lookup,
    });
    slot.isOpen = true;
    slot.wasOpen = true;
    return slot.resource;
  }

  #expose(slot: Slot, definition: Definition): unknown {
    this.assertOpen();
    const api: unknown = slot.binding.expose(slot.use, definition);
    if (typeof api === "object" && api !== null) this.#exposed.set(api, slot);
    return api;
  }
}

function isConfigured({ keys }: BindingEntry, config: WorkerConfig): boolean {
  for (const key of keys) if (config.get(key) !== undefined) return true;
  return false;
}
