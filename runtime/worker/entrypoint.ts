// What answers an event: an exported object, or a new instance of an exported class that extends WorkerEntrypoint.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/rpc/

import { BunflareError } from "../errors.ts";
import { isObject } from "../platform/arguments.ts";
import { isEntrypointClass } from "./classes.ts";
import type { ExecutionContext } from "./execution-context.ts";
import type { Worker } from "./worker.ts";

/** An entrypoint, ready for one event. */
export interface Entrypoint {
  readonly object: Record<string, unknown>;
  /** Its methods take what the event carries; those of a plain object also `env` and `ctx`. */
  readonly isInstance: boolean;
}

/** Opens an entrypoint of a worker for the event of `context`. Rejects with what its constructor throws. */
export async function openEntrypoint(
  worker: Worker,
  name: string,
  context: ExecutionContext,
): Promise<Entrypoint> {
  const exported = await worker.entrypoint(name);
  if (isEntrypointClass(exported)) {
    return { object: new exported(context, worker.env), isInstance: true };
  }
  if (isObject(exported) && typeof exported !== "function") {
    return { object: exported as Record<string, unknown>, isInstance: false };
  }
  throw new BunflareError("handler_missing", {
    what: `the export "${name}" of the worker "${worker.name}" is no entrypoint`,
    why:
      typeof exported === "function"
        ? "it is a class or function that does not extend WorkerEntrypoint"
        : `it is ${exported === null ? "null" : `of type ${typeof exported}`}`,
    todo: 'Let it extend WorkerEntrypoint, which is imported from "cloudflare:workers"',
  });
}
