// The one interface that every binding implements, and the laws that hold for all of them.

import type { Clock } from "./clock/clock.ts";
import type { ConfigPath, WorkerConfig } from "./config/types.ts";
import type { Random } from "./random.ts";
import type { Store } from "./store/store.ts";
import type { ClassUse } from "./worker/exports.ts";
import type { WorkerLookup } from "./worker/lookup.ts";

/** Plain data: what `inspect` returns and `seed` takes. `undefined` never occurs in it. */
export type Plain =
  null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** One use of a binding in one worker's configuration. */
export interface Definition<Options = unknown> {
  /** The worker whose configuration has it. */
  readonly worker: string;
  /** Definitions of equal kind and id share one resource, also between workers. */
  readonly id: string;
  /** The name in `env`; null when it is not in env (a consumer, a cron). */
  readonly name: string | null;
  readonly options: Options;
}

/** Everything that a resource may touch; nothing global. */
export interface Context<Options = unknown> {
  readonly id: string;
  /** All definitions that share this id, of all workers; the first is the one of the worker that was read first. */
  readonly definitions: readonly Definition<Options>[];
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly workers: WorkerLookup;
}

/**
 * Gives the open resource behind an exposed object: opens it when it is not, and throws
 * "the store of a.test.ts is closed" once its world is closed (law 4). Exposed objects call it at
 * each use and keep no resource of their own, so that `reset()`, rollback and eviction stay invisible.
 */
export type Use<Resource> = () => Resource;

/**
 * A binding, in the words of ARCHITECTURE.md. The laws:
 *
 * 1. Lasting state only in `store`; time only from `clock`; ids only from `random`; every wait is a `clock.at` or an
 *    event from the worker; `inspect` changes nothing.
 * 2. `open` rebuilds everything from the store. Closing and re-opening a resource at a quiet point is invisible.
 * 3. No module-level mutable state; two worlds can live in one process.
 * 4. An exposed object belongs to one world for ever. When that world is closed, its methods throw.
 * 5. An event is delivered, and an input gate reopened, only from a macrotask, never from a microtask.
 * 6. Tests and production go through the same code.
 * 7. Compatibility dates and flags are asked in one place only: `worker.compatibility.has("flag")`.
 */
export interface Binding<
  Options = unknown,
  Resource = unknown,
  Api = unknown,
  State extends Plain = Plain,
  Query = unknown,
> {
  /** "kv": the heading in snapshots, and the name of its tables' version in the store. */
  readonly kind: string;
  /** The configuration paths that it owns; a test proves one owner for each. */
  readonly keys: readonly ConfigPath[];
  /** The tables it needs in `store.data`: one SQL text for each version, append only. */
  readonly tables?: readonly string[];
  /** Pure; throws `ConfigError` naming file and key. */
  parse(config: WorkerConfig): readonly Definition<Options>[];
  /** The classes that a definition needs `main` to export. */
  classes?(definition: Definition<Options>): readonly ClassUse[];
  /** What `ctx.exports` has for a class of the worker's own main module; null for a definition without one. */
  loopback?(definition: Definition<Options>): Loopback<Resource> | null;
  /** Synchronous; rebuilds everything from the store (law 2). */
  open(context: Context<Options>): Resource;
  /** What worker code gets: validates, throws platform errors. */
  expose(use: Use<Resource>, definition: Definition<Options>): Api;
  /** Synchronous, sorted, plain data; committed state only. */
  inspect?(resource: Resource, query?: Query): State;
  /** Keys of its state whose values depend on when the test runs; `stateOf` shows placeholders for them. */
  readonly volatile?: readonly string[];
  /** Its state is a list in the order of a key, each item's first member: where keys are random, `stateOf` sorts anew. */
  readonly isKeyed?: true;
  /** The inverse of `inspect`: fills the resource. */
  seed?(resource: Resource, state: State): void;
  /** Synchronous; asynchronous work ends in `world.settle()`. */
  close?(resource: Resource): void;
}

// The list holds bindings of different resources; only the list itself may forget them.
export type AnyBinding = Binding<any, any, any, any, any>;

/** A line of the list of bindings: which configuration keys load which binding. */
export interface BindingEntry {
  /** Equal to the binding's own `keys`; here so that one which is not configured is never loaded. */
  readonly keys: readonly ConfigPath[];
  load(): AnyBinding;
}

/** What `ctx.exports` has for a class. */
export interface Loopback<Resource> {
  readonly className: string;
  expose(use: Use<Resource>): unknown;
}

/** Checks that an object is a binding and keeps its exact types. */
export function defineBinding<Options, Resource, Api, State extends Plain = Plain, Query = unknown>(
  binding: Binding<Options, Resource, Api, State, Query>,
): Binding<Options, Resource, Api, State, Query> {
  return binding;
}
