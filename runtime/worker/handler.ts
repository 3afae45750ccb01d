// Finds the function that handles an event: a method of an exported object, or of an instance of an exported class that
// extends WorkerEntrypoint (a new instance for each event).

import type { ExecutionContext } from "./execution-context.ts";
import { isEntrypointClass } from "./classes.ts";
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
  const exported = await worker.entrypoint(entrypoint);
  const target = isEntrypointClass(exported) ? new exported(context, worker.env) : exported;
  const method = isObject(target) ? target[name] : undefined;
  if (typeof method !== "function") {
    throw new Error(`Handler does not export a ${name}() function.`);
  }
  if (isEntrypointClass(exported)) return (...args) => Reflect.apply(method, target, args);
  return (...args) => Reflect.apply(method, target, [...args, worker.env, context]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
