// A conformance script: a Worker's main module that calls the platform and keeps what it saw. It runs unchanged on
// workerd and on bunflare; the default export answers a request for `runPath` with the transcript.

import { createRecorder } from "./steps.ts";
import type { Call, Chain, Make, Note } from "./steps.ts";
import type { Step, Transcript } from "./transcript.ts";

/** The path whose request runs the script; every other request goes to `handlers.fetch`. */
export const runPath = "/conformance/run";

/** Plain wrangler configuration keys; `name`, `main` and the compatibility are filled in. */
export type WranglerKeys = Readonly<Record<string, unknown>>;

export interface Run<Env> {
  env: Env;
  ctx: unknown;
  request: Request;
  call: Call;
  chain: Chain;
  make: Make;
  note: Note;
  /** Takes over steps that were recorded elsewhere, such as inside a Durable Object. */
  include(steps: readonly Step[]): void;
  /** Waits, in real time, for what another event of the worker does (a queue consumer, an alarm): 10 s at most. */
  until(condition: () => boolean | Promise<boolean>): Promise<void>;
}

/** A further worker, reached through `services` by its name. */
export interface OtherWorker {
  /** The module, relative to the script's folder: "./workers/other.ts". */
  main: string;
  config?: WranglerKeys;
  /** Who bundles it for workerd; Bun does unless its configuration has rules, `define` or `alias`. */
  bundler?: "wrangler";
}

type Handler = (...args: never[]) => unknown;

export interface ScriptOptions<Env> {
  /** `<area>-<name>` of scripts/<area>/<name>.ts. */
  id: string;
  compatibilityDate: string;
  compatibilityFlags?: readonly string[];
  config?: WranglerKeys;
  /** Instead of `config`: the configuration as TOML, which follows what is filled in. */
  toml?: string;
  /** Files beside the configuration, by relative path: ".dev.vars", "public/index.html", "migrations/0001_a.sql". */
  files?: Readonly<Record<string, string>>;
  /** The environment of the configuration, as `wrangler dev --env` chooses it; the top level without. */
  environment?: string;
  /** The environment of the process that reads the configuration; empty without. */
  processEnv?: Readonly<Record<string, string>>;
  /** Values of secrets_store_secrets, by binding. */
  secrets?: Readonly<Record<string, string>>;
  workers?: Readonly<Record<string, OtherWorker>>;
  /** Whether events fail on purpose (an alarm that is to run again): then nobody takes their errors. */
  failures?: true;
  /** Further handlers of the default export: queue, scheduled, email, tail, fetch. */
  handlers?: Readonly<Record<string, Handler>>;
  run(context: Run<Env>): Promise<void>;
}

/** What is known of a script without running it. */
export type ScriptFacts = Omit<ScriptOptions<never>, "run" | "handlers">;

/** The default export of a script's module. */
export interface ScriptModule {
  readonly script: ScriptFacts;
  fetch(request: Request, env: unknown, ctx: unknown): Promise<Response>;
}

/** Defines a script; the module's default export must be the result. */
export function script<Env = Record<string, unknown>>(options: ScriptOptions<Env>): ScriptModule {
  const { run, handlers = {}, ...facts } = options;
  return {
    ...handlers,
    script: facts,
    async fetch(request, env, ctx) {
      if (new URL(request.url).pathname === runPath) {
        // What `env` holds is what the script's own configuration gives it.
        return Response.json(await transcribe(options.id, run, { env: env as Env, ctx, request }));
      }
      const other = handlers["fetch"] as typeof this.fetch | undefined;
      return other?.(request, env, ctx) ?? new Response("not found", { status: 404 });
    },
  };
}

async function transcribe<Env>(
  id: string,
  run: ScriptOptions<Env>["run"],
  event: Pick<Run<Env>, "env" | "ctx" | "request">,
): Promise<Transcript> {
  const { steps, open, call, chain, make, note } = createRecorder(event.env);
  try {
    const include = (others: readonly Step[]): void => void steps.push(...others);
    await run({ ...event, call, chain, make, note, include, until });
    const forgotten = [...open].map(({ label }) => label);
    if (forgotten.length > 0)
      throw new Error(`steps that were not awaited: ${forgotten.join(", ")}`);
    return { id, steps };
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? String(error)) : String(error);
    return { id, steps, failure };
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("until: the condition did not become true within 10 seconds");
}
