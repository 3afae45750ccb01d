// The `ctx` of a handler, as workerd's ExecutionContext has it.
// https://developers.cloudflare.com/workers/runtime-apis/context/

import type { WorkerEvent } from "../events/event.ts";

const ILLEGAL_INVOCATION =
  "Illegal invocation: function called with incorrect `this` reference. " +
  "See https://developers.cloudflare.com/workers/observability/errors/#illegal-invocation-errors for details.";

/** The context of one event. */
export class ExecutionContext {
  readonly props: unknown;
  readonly #event: WorkerEvent;

  constructor(event: WorkerEvent, props: unknown = {}) {
    this.props = props;
    this.#event = event;
  }

  /** Which event a value is the context of; undefined for anything that is no context. */
  static eventOf(value: unknown): WorkerEvent | undefined {
    return typeof value === "object" && value !== null && #event in value ? value.#event : undefined;
  }

  /** Keeps the event alive until `promise` settles; a rejection fails the test that caused the event. */
  waitUntil(...args: unknown[]): void {
    const event = ExecutionContext.eventOf(this);
    if (event === undefined) throw new TypeError(ILLEGAL_INVOCATION);
    if (args.length === 0) {
      throw new TypeError(
        "Failed to execute 'waitUntil' on 'ExecutionContext': parameter 1 is not of type 'Promise'.",
      );
    }
    event.waitUntil(args[0]);
  }

  /** Falls back to the origin on errors in production; tests see the error itself. */
  passThroughOnException(): void {
    if (ExecutionContext.eventOf(this) === undefined) throw new TypeError(ILLEGAL_INVOCATION);
  }
}
