// The public helpers of one test file. What they do is loaded at their first call: this is made for each test file that
// imports any of them.

import type { AlarmRun } from "../runtime/bindings/durable-objects/alarms.ts";
import type { Env } from "../runtime/env.ts";
import type { ExecutionContext } from "../runtime/worker/execution-context.ts";
import type { stateOf } from "../types/index.d.ts";
import { currentFile, requireFile } from "./current-file.ts";
import type { FileScope } from "./file-scope.ts";
import { patchGlobals } from "./globals.ts";
import type { Moment } from "./moment.ts";
import type { SecretsStoreAdmin } from "./secrets-store.ts";

/** See types/index.d.ts. */
export interface Helpers {
  adminSecretsStore(binding: object): SecretsStoreAdmin;
  advanceAlarms(by?: Moment): Promise<AlarmRun[]>;
  advanceTime(by: Moment): Promise<void>;
  createExecutionContext(): ExecutionContext;
  freezeTime(at?: Moment): void;
  getEnv<E = Env>(): E;
  override(members: Readonly<Record<string, unknown>>): void;
  reset(): void;
  resumeTime(): void;
  setTime(to: Moment): void;
  readonly stateOf: typeof stateOf;
  waitOnExecutionContext(context: unknown): Promise<void>;
  readonly worker: {
    fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  };
}

/** Makes the helpers of the file that is evaluated now, which are its own for ever. */
export function createHelpers(): Helpers {
  patchGlobals();
  const own = currentFile();
  // Imported by a preload, they have no file of their own: then they serve the one that runs.
  const file = (): FileScope => own ?? requireFile();
  const inspect = (target: unknown, query?: unknown): unknown => {
    const { stateOf } = require("../runtime/inspect.ts") as typeof import("../runtime/inspect.ts");
    return stateOf(file().world(), target, query);
  };
  return {
    adminSecretsStore(binding) {
      const { adminSecretsStore } =
        require("./secrets-store.ts") as typeof import("./secrets-store.ts");
      return adminSecretsStore(file(), binding);
    },
    async advanceAlarms(by) {
      const { advanceAlarms } = require("./alarms.ts") as typeof import("./alarms.ts");
      return advanceAlarms(file(), by);
    },
    async advanceTime(by) {
      await time().advanceTime(file(), by);
    },
    createExecutionContext: () => contexts().createExecutionContext(file()),
    freezeTime: (at) => time().freezeTime(file(), at),
    getEnv: <E>() => file().world().primary.env as E,
    override(members) {
      const { override } = require("./override.ts") as typeof import("./override.ts");
      override(file(), members);
    },
    reset: () => file().world().reset(),
    resumeTime: () => time().resumeTime(file()),
    setTime: (to) => time().setTime(file(), to),
    // The declared type follows from what the binding is, which is known when it runs.
    stateOf: inspect as typeof stateOf,
    async waitOnExecutionContext(context) {
      await contexts().waitOnExecutionContext(context);
    },
    worker: {
      async fetch(input, init) {
        const { fetchWorker } = require("./worker.ts") as typeof import("./worker.ts");
        // Awaited, so that the stacks of errors lead to the test.
        return await fetchWorker(file(), input, init);
      },
    },
  };
}

function contexts(): typeof import("./execution-context.ts") {
  return require("./execution-context.ts");
}

function time(): typeof import("./time.ts") {
  return require("./time.ts");
}
