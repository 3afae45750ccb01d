// The base classes that `cloudflare:workers` exports. They only keep what they are given; the events call the methods
// that users add. https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/rpc/

import type { ExecutionContext } from "./execution-context.ts";

/** The base of entrypoints: https://developers.cloudflare.com/workers/runtime-apis/rpc/ */
export class WorkerEntrypoint {
  protected readonly ctx: ExecutionContext;
  protected readonly env: unknown;

  constructor(ctx: ExecutionContext, env: unknown) {
    this.ctx = ctx;
    this.env = env;
  }
}

/** The base of Durable Objects: https://developers.cloudflare.com/durable-objects/api/base/ */
export class DurableObject {
  protected readonly ctx: unknown;
  protected readonly env: unknown;

  constructor(ctx: unknown, env: unknown) {
    // Known by its tag, so that a file without Durable Objects does not load them.
    if (Object.prototype.toString.call(ctx) !== "[object DurableObjectState]") {
      throw new TypeError(
        "Failed to construct 'DurableObjectBase': constructor parameter 1 is not of type 'DurableObjectState'.",
      );
    }
    this.ctx = ctx;
    this.env = env;
  }
}

/** The base of workflows: https://developers.cloudflare.com/workflows/build/workers-api/ */
export class WorkflowEntrypoint {
  protected readonly ctx: unknown;
  protected readonly env: unknown;

  constructor(ctx: unknown, env: unknown) {
    this.ctx = ctx;
    this.env = env;
  }
}

// What `Object.prototype.toString` shows of their objects.
for (const [Class, tag] of [
  [WorkerEntrypoint, "WorkerEntrypoint"],
  [DurableObject, "DurableObjectBase"],
  [WorkflowEntrypoint, "WorkflowEntrypoint"],
] as const) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: tag, configurable: true });
}

/** Whether a value is a class that extends `WorkerEntrypoint`. */
export function isEntrypointClass(
  value: unknown,
): value is new (ctx: ExecutionContext, env: unknown) => Record<string, unknown> {
  return typeof value === "function" && value.prototype instanceof WorkerEntrypoint;
}
