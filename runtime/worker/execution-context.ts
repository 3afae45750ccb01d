// The `ctx` of a handler, as workerd's ExecutionContext has it.
// https://developers.cloudflare.com/workers/runtime-apis/context/

import { BunflareError } from "../errors.ts";
import type { WorkerEvent } from "../events/event.ts";
import { illegalInvocation, isObject, wrongParameter } from "../platform/arguments.ts";
import { platformClass } from "../platform/class.ts";
import { tracing } from "./tracing.ts";

/** The context of one event. Users' declarations say what its members are; `never` fits all of them. */
export class ExecutionContext {
  readonly tracing: never;
  /** Only behind Cloudflare Access. */
  readonly access: never;
  /** Not there either. */
  readonly cache: never;
  readonly props: unknown;
  /** Stubs of the worker's own exports. */
  declare readonly exports: never;
  readonly #event: WorkerEvent;

  constructor(event: WorkerEvent, props: unknown = {}) {
    // The order is that in which workerd enumerates them.
    this.tracing = tracing as never;
    this.access = undefined as never;
    this.cache = undefined as never;
    this.props = props;
    this.#event = event;
    const { worker } = event;
    if (!worker.config.compatibility.has("enable_ctx_exports")) return;
    const shape = { enumerable: true, configurable: true };
    Object.defineProperty(this, "exports", { ...shape, get: () => worker.exports });
  }

  /** Which event a value is the context of; undefined for anything that is no context. */
  static eventOf(value: unknown): WorkerEvent | undefined {
    return isObject(value) && #event in value ? value.#event : undefined;
  }

  /** Keeps the event alive until `promise` settles; a rejection fails the test that caused the event. */
  waitUntil(...args: unknown[]): void {
    const event = ExecutionContext.eventOf(this);
    if (event === undefined) throw illegalInvocation();
    if (args.length === 0) throw wrongParameter("ExecutionContext", "waitUntil", 1, "Promise");
    event.waitUntil(args[0]);
  }

  /** Falls back to the origin on errors in production; tests see the error itself. */
  passThroughOnException(): void {
    if (ExecutionContext.eventOf(this) === undefined) throw illegalInvocation();
  }

  mapVirtualHost(): never {
    throw unsupported("mapVirtualHost");
  }

  abort(): never {
    throw unsupported("abort");
  }
}

platformClass(ExecutionContext);

function unsupported(method: string): BunflareError {
  return new BunflareError("binding_unsupported", {
    what: `ctx.${method}() was called`,
    why: "bunflare does not simulate it",
  });
}
