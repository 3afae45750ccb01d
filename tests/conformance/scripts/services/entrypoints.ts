// Entrypoints of a worker, reached through bindings to itself: classes, objects, what is neither, and their contexts.

import { WorkerEntrypoint } from "cloudflare:workers";
import { script } from "../../script.ts";

let constructed = 0;

function memberNames(object: object): string[] {
  const names: string[] = [];
  for (const name in object) names.push(name);
  return names;
}

export class Numbers extends WorkerEntrypoint<{ TEXT: string }> {
  calls = 0;
  readonly number: number;
  constructor(ctx: unknown, env: unknown) {
    super(ctx, env);
    this.number = ++constructed;
  }
  override async fetch(request: Request): Promise<Response> {
    return Response.json([new URL(request.url).pathname, ++this.calls, this.ctx.props]);
  }
  again(_first: number): number[] {
    return [++this.calls, this.number > 0 ? 1 : 0];
  }
  props(_: string): unknown {
    return this.ctx.props;
  }
  text(_: string): string {
    return this.env.TEXT;
  }
  context(_: string): unknown {
    return [memberNames(this.ctx), Object.keys(this.ctx), Object.prototype.toString.call(this.ctx)];
  }
  sameEnv(_: string): boolean {
    return this.env === first;
  }
}

let first: unknown = null;

export class Failing extends WorkerEntrypoint {
  constructor(ctx: unknown, env: unknown) {
    super(ctx, env);
    throw new RangeError("no instance");
  }
  never(_: number): void {}
}

export class Returning extends WorkerEntrypoint {
  constructor() {
    super({}, {});
  }
  args(_: number): unknown {
    return [this.ctx, this.env];
  }
}

export const Handlers = {
  async fetch(request: Request, env: object, ctx: { props: unknown }): Promise<Response> {
    return Response.json([new URL(request.url).pathname, Object.keys(env).length, ctx.props]);
  },
};

export const Silent = {
  method(argument: unknown): unknown {
    return ["method of an object", argument];
  },
};

const entrypoints = ["Numbers", "Failing", "Returning", "Handlers", "Silent"] as const;
interface Stub {
  fetch: typeof fetch;
  [member: string]: unknown;
}
type Env = Record<(typeof entrypoints)[number] | "PROPS" | "OBJECT" | "MAIN", Stub>;

export default script<Env>({
  id: "services-entrypoints",
  compatibilityDate: "2026-11-01",
  config: {
    vars: { TEXT: "of env" },
    services: [
      ...entrypoints.map((entrypoint) => ({
        binding: entrypoint,
        service: "conformance",
        entrypoint,
      })),
      {
        binding: "PROPS",
        service: "conformance",
        entrypoint: "Numbers",
        props: { role: "admin", list: [1, { deep: true }] },
      },
      { binding: "OBJECT", service: "conformance", entrypoint: "Handlers", props: { of: 1 } },
      { binding: "MAIN", service: "conformance" },
    ],
  },
  handlers: {
    async fetch(request: Request, _: object, ctx: { props: unknown }): Promise<Response> {
      return Response.json(["default", new URL(request.url).pathname, ctx.props]);
    },
    hello(name: string): string {
      return `hello ${name}`;
    },
  },
  async run({ env, ctx, call, note }) {
    first = env;
    const { Numbers, Failing, Returning, Handlers, Silent, PROPS, OBJECT, MAIN } = env;
    await call("Numbers.again", Numbers, [1]);
    await call.with({ counts: false }, "Numbers.again", Numbers, [1]);
    await call("Numbers.props", Numbers, ["of a binding without"]);
    await call("PROPS.props", PROPS, ["props"]);
    await call("Numbers.text", Numbers, ["env"]);
    await call("Numbers.context", Numbers, ["context"]);
    await call("Numbers.sameEnv", Numbers, ["env"]);
    const as = (name: string) => ({ headers: { "x-entrypoint": name } });
    await call("Numbers.fetch", Numbers, ["http://numbers/path", as("Numbers")]);
    await call("PROPS.fetch", PROPS, ["http://numbers/path", as("PROPS")]);
    await call("Handlers.fetch", Handlers, ["http://handlers/path", as("Handlers")]);
    await call("OBJECT.fetch", OBJECT, ["http://handlers/path", as("OBJECT")]);
    await call("Failing.never", Failing, [1]);
    await call("Failing.fetch", Failing, ["http://failing/", as("Failing")]);
    await call("Returning.args", Returning, [1]);
    await call("Returning.fetch", Returning, ["http://returning/", as("Returning")]);
    await call("Silent.fetch", Silent, ["http://silent/", as("Silent")]);
    await call("Silent.method", Silent, [{ of: "an object" }]);
    await call("MAIN.fetch", MAIN, ["http://main/path", as("MAIN")]);
    await call("MAIN.hello", MAIN, ["world"]);
    await call("MAIN.scheduled", MAIN, ["a reserved name"]);
    await call("MAIN.queue", MAIN, ["a reserved name"]);

    await note("members of ctx", memberNames(ctx as object));
    await note("props of ctx", (ctx as { props: unknown }).props);
    const { access, cache, tracing } = ctx as Record<string, unknown>;
    await note("access of ctx", access);
    await note("cache of ctx", cache === undefined ? undefined : memberNames(cache as object));
    await note("tracing of ctx", memberNames(tracing as object));
    await call("ctx.waitUntil", ctx, []);
    await call("ctx.waitUntil of a number", ctx, [5]);
    await call("ctx.waitUntil of a promise", ctx, [Promise.resolve(5)]);
    await call("ctx.passThroughOnException", ctx, ["ignored"]);
    const { waitUntil } = ctx as { waitUntil(promise: unknown): void };
    await call("waitUntil detached", { waitUntil }, [Promise.resolve("detached"), 1]);
  },
});
