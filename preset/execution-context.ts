// A handler's `ctx` for tests that call handlers themselves.

import { BunflareError } from "../runtime/errors.ts";
import type { ExecutionContext } from "../runtime/worker/execution-context.ts";
import type { FileScope } from "./file-scope.ts";

/** Makes `createExecutionContext` and `waitOnExecutionContext` for a test file. */
export function executionContextHelpers(file: () => FileScope): {
  createExecutionContext(): ExecutionContext;
  waitOnExecutionContext(context: unknown): Promise<void>;
} {
  return {
    createExecutionContext() {
      const { ExecutionContext } = contexts();
      const { WorkerEvent } =
        require("../runtime/events/event.ts") as typeof import("../runtime/events/event.ts");
      const { owner } = file();
      const event = new WorkerEvent("createExecutionContext()", owner.world().primary, owner);
      return new ExecutionContext(event);
    },

    async waitOnExecutionContext(context) {
      const event = contexts().ExecutionContext.eventOf(context);
      if (event === undefined) {
        throw new BunflareError("usage", {
          what: "waitOnExecutionContext() was given something else",
          why: "it takes a context that createExecutionContext() made",
        });
      }
      await event.settled();
      const errors = event.takeErrors();
      if (errors.length === 1) throw errors[0];
      if (errors.length > 1) {
        throw new AggregateError(errors, `${errors.length} promises of waitUntil() rejected`);
      }
    },
  };
}

// Loaded at the first use.
function contexts(): typeof import("../runtime/worker/execution-context.ts") {
  return require("../runtime/worker/execution-context.ts");
}
