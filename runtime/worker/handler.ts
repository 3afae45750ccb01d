// Finds the function that handles an event: a method of an entrypoint.

import { openEntrypoint } from "./entrypoint.ts";
import type { ExecutionContext } from "./execution-context.ts";
import type { Worker } from "./worker.ts";

/** A handler with its environment bound: called with what the event carries. */
export type Handler = (...args: readonly unknown[]) => unknown;

/**
 * The handler `name` ("fetch", "scheduled", …) of an entrypoint.
 *
 * Throws workerd's "Handler does not export a fetch() function." when there is none.
 */
export async function handlerOf(
  worker: Worker,
  entrypoint: string,
  name: string,
  context: ExecutionContext,
): Promise<Handler> {
  const { object, isInstance } = await openEntrypoint(worker, entrypoint, context);
  const method = object[name];
  if (typeof method !== "function") {
    throw new Error(`Handler does not export a ${name}() function.`);
  }
  if (isInstance) return (...args) => Reflect.apply(method, object, args);
  return (...args) => Reflect.apply(method, object, [...args, worker.env, context]);
}
