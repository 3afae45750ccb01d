// Who is running: the owner (a test, or the file outside of tests) and the event inside which worker code runs. It
// travels with async code, so that every callback knows its world (decision 2).

import type { AsyncLocalStorage } from "node:async_hooks";
import type { Section } from "./actors/input-gate.ts";
import type { WorkerEvent } from "./events/event.ts";
import type { Owner } from "./owner.ts";

/** What travels with async code. */
export interface Running {
  readonly owner: Owner;
  /** Null in test code; an event in worker code. */
  readonly event: WorkerEvent | null;
  /** The critical section of an actor that the code belongs to; absent outside of one. */
  readonly section?: Section;
  /** What stands in for the imported `env` and `exports`: `withEnv` and its like. */
  readonly importable?: {
    readonly env?: Record<string, unknown> | undefined;
    readonly exports?: Record<string, unknown> | undefined;
  };
}

/**
 * The process's only AsyncLocalStorage. It is loaded by the first `run`: loading costs 1.3 ms in every test file under
 * `--isolate`, which a file without events and concurrent tests need not pay.
 */
class Context {
  #storage: AsyncLocalStorage<Running> | null = null;

  /** Whether it was loaded: code that was started before then runs outside of it. */
  get isActive(): boolean {
    return this.#storage !== null;
  }

  /** What the calling code runs in. */
  get(): Running | undefined {
    return this.#storage?.getStore();
  }

  /** Calls `body`, and everything that it starts, in `running`. */
  run<T>(running: Running, body: () => T): T {
    return this.#load().run(running, body);
  }

  /** A function that calls others in the context of this moment, users' own storages included. */
  snapshot(): <T>(body: () => T) => T {
    this.#load();
    const { AsyncLocalStorage } = asyncHooks();
    return AsyncLocalStorage.snapshot() as <T>(body: () => T) => T;
  }

  #load(): AsyncLocalStorage<Running> {
    if (this.#storage === null) {
      const { AsyncLocalStorage } = asyncHooks();
      this.#storage = new AsyncLocalStorage<Running>();
    }
    return this.#storage;
  }
}

/** The process's context. */
export const context: Context = new Context();

function asyncHooks(): typeof import("node:async_hooks") {
  return require("node:async_hooks");
}
