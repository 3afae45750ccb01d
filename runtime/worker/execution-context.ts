// The `ctx` of a handler, as workerd's ExecutionContext has it.
// https://developers.cloudflare.com/workers/runtime-apis/context/

import type { WorkerEvent } from "../events/event.ts";

/** Which event a context belongs to; kept outside, so that users see only workerd's members. */
const events = new WeakMap<object, WorkerEvent>();

/** The context of one event. */
export class ExecutionContext {
  readonly props: unknown;

  constructor(event: WorkerEvent, props: unknown = {}) {
    this.props = props;
    events.set(this, event);
  }

  /** Keeps the event alive until `promise` settles; a rejection fails the test that caused the event. */
  waitUntil(...args: unknown[]): void {
    const event = eventOf(this);
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
    if (eventOf(this) === undefined) throw new TypeError(ILLEGAL_INVOCATION);
  }
}

/** The event of a context, or undefined for anything else. */
export function eventOf(context: unknown): WorkerEvent | undefined {
  return typeof context === "object" && context !== null ? events.get(context) : undefined;
}

const ILLEGAL_INVOCATION =
  "Illegal invocation: function called with incorrect `this` reference. " +
  "See https://developers.cloudflare.com/workers/observability/errors/#illegal-invocation-errors for details.";
