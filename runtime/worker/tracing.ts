// `tracing`, of `ctx` and of `cloudflare:workers`: runs code inside spans that nobody records, as in workerd where no trace
// is asked for. https://developers.cloudflare.com/workers/observability/traces/

import { illegalConstructor, toText, wrongParameter } from "../platform/arguments.ts";
import { platformClass } from "../platform/class.ts";

const made = Symbol("made");

/** A span that is not recorded. */
export class Span {
  constructor(...args: unknown[]) {
    if (args[0] !== made) throw illegalConstructor();
  }

  get isTraced(): boolean {
    return false;
  }

  spanContext(): undefined {}

  setAttribute(): void {}

  setAttributes(): void {}

  recordException(): void {}

  updateName(): void {}

  setStatus(): void {}

  end(): void {}
}

/** Makes spans. */
export class Tracing {
  enterSpan(...args: unknown[]): unknown {
    return enter("enterSpan", args);
  }

  startActiveSpan(...args: unknown[]): unknown {
    return enter("startActiveSpan", args);
  }

  startSpan(...args: unknown[]): Span {
    if (args.length === 0) throw wrongParameter("Tracing", "startSpan", 1, "string");
    toText(args[0]);
    return new Span(made);
  }

  getActiveSpan(): Span {
    return new Span(made);
  }

  withActiveSpan(...args: unknown[]): unknown {
    return enter("withActiveSpan", args);
  }

  get Span(): typeof Span {
    return Span;
  }
}

// Called with the span and whatever follows the callback.
function enter(method: string, [name, callback, ...rest]: unknown[]): unknown {
  if (method !== "withActiveSpan") toText(name);
  if (typeof callback !== "function") throw wrongParameter("Tracing", method, 2, "Function");
  const span = name instanceof Span ? name : new Span(made);
  return Reflect.apply(callback, undefined, [span, ...rest]);
}

platformClass(Span);
platformClass(Tracing);

/** The only one: it keeps nothing. */
export const tracing: Tracing = new Tracing();
