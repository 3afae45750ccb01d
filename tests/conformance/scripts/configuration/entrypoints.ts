// Which `env` the entrypoints of one worker see: the same object for all of them, request after request; another worker
// has its own.

import { DurableObject, env as imported, WorkerEntrypoint } from "cloudflare:workers";
import { script } from "../../script.ts";

interface Env {
  TEXT: string;
  OBJECT: Record<string, unknown>;
  OWN: Stub;
  OBJECTS: { getByName(name: string): Stub };
  OTHER: Stub;
  HANDLERS: Stub;
  [name: string]: unknown;
}

type Stub = { fetch: typeof fetch } & Record<string, (...args: unknown[]) => Promise<unknown>>;

const importedEnv = imported as unknown as Env;
let handlersEnv: unknown;

function see(env: Env): unknown[] {
  return [env === handlersEnv, env === importedEnv, env.TEXT, env["ADDED"] ?? null, env.OBJECT];
}

export class Own extends WorkerEntrypoint<Env> {
  see(_: string): unknown[] {
    return see(this.env);
  }
  add(name: string, value: string): void {
    this.env[name] = value;
  }
}

export class Objects extends DurableObject<Env> {
  see(_: string): unknown[] {
    return see(this.env);
  }
}

export const Handlers = {
  async fetch(request: Request, env: Env): Promise<Response> {
    return Response.json([new URL(request.url).search, ...see(env)]);
  },
};

export default script<Env>({
  id: "configuration-entrypoints",
  compatibilityDate: "2026-11-01",
  config: {
    vars: { TEXT: "text", OBJECT: { a: 1 } },
    services: [
      { binding: "OWN", service: "conformance", entrypoint: "Own" },
      { binding: "HANDLERS", service: "conformance", entrypoint: "Handlers" },
      { binding: "OTHER", service: "other" },
    ],
    durable_objects: { bindings: [{ name: "OBJECTS", class_name: "Objects" }] },
    migrations: [{ tag: "v1", new_sqlite_classes: ["Objects"] }],
  },
  workers: {
    other: { main: "./workers/see-env.ts", config: { vars: { TEXT: "other", MORE: [1] } } },
  },
  async run({ env, call, chain, note }) {
    handlersEnv = env;
    await call("OWN.see", env.OWN, ["class"]);
    const object = env.OBJECTS.getByName("one");
    await call("object.see", object, ["object"]);
    await chain("HANDLERS", env.HANDLERS, ["fetch", "http://handlers/?h"], ["json"]);

    await call("OWN.add", env.OWN, ["ADDED", "by an entrypoint"]);
    await note("what an entrypoint added", env["ADDED"]);
    env.OBJECT["b"] = "by the handler";
    await call("OWN.see what the handler changed", env.OWN, ["changed", 2]);
    await call("object.see what the handler changed", object, ["changed", 2]);
    env.TEXT = "new text";
    await call("object.see a new text", object, ["a new text"]);

    await call("OTHER.see", env.OTHER, ["TEXT", "MORE", "OBJECT", "ADDED"]);
    await call("OTHER.set", env.OTHER, ["TEXT", "its own"]);
    await note("another worker's is another", env.TEXT);
    await call("OTHER.see again", env.OTHER, ["TEXT"]);
  },
});
