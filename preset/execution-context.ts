// A handler's `ctx` for tests that call handlers themselves.

import { BunflareError } from "../runtime/errors.ts";
import { WorkerEvent } from "../runtime/events/event.ts";
import { ExecutionContext } from "../runtime/worker/execution-context.ts";
import type { FileScope } from "./file-scope.ts";

/** Makes a context for a handler of the file's worker. */
export function createExecutionContext({ owner }: FileScope): ExecutionContext {
  return new ExecutionContext(
    new WorkerEvent("createExecutionContext()", owner.world().primary, owner),
  );
}

/** Waits for the `waitUntil` promises of a context; rejects with what they reject with. */
export async function waitOnExecutionContext(context: unknown): Promise<void> {
  const event = ExecutionContext.eventOf(context);
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
}
