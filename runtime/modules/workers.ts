// The exports of `cloudflare:workers` for one worker of one test file.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/#importing-env-as-a-global

import { context, type Running } from "../context.ts";
import type { Env } from "../env.ts";
import { BunflareError } from "../errors.ts";
import type { Owner } from "../owner.ts";
import { isObject, wrongParameter } from "../platform/arguments.ts";
import { RpcTarget } from "../rpc/members.ts";
import type { ExportedClasses } from "../rpc/exported-classes.ts";
import type { Rpc } from "../rpc/stub.ts";
import { DurableObject, WorkerEntrypoint, WorkflowEntrypoint } from "../worker/classes.ts";
import { tracing } from "../worker/tracing.ts";
import { lazyClass } from "./lazy-class.ts";

/** Whose module it is. All members are asked at use, so that importing the module opens nothing. */
export interface WorkersModuleOptions {
  env(): Env;
  /** Stubs of the worker's own exports. */
  exports(): Record<string, unknown>;
  rpc(): Rpc;
  /** Gets the classes of `rpc` as they are exported. */
  classes(): ExportedClasses;
  /** Who causes what code outside of events starts. */
  owner(): Owner;
}

/** What stands in for the imported `env` and `exports` inside of `withEnv` and its like. */
export type Importable = NonNullable<Running["importable"]>;

/** Makes the exports. */
export function workersModule(options: WorkersModuleOptions): Record<string, unknown> {
  return {
    DurableObject,
    ...rpcClasses(options),
    RpcTarget,
    WorkerEntrypoint,
    WorkflowEntrypoint,
    abortIsolate,
    cache: {},
    env: lazyObject(() => context.get()?.importable?.env ?? options.env()),
    exports: lazyObject(() => context.get()?.importable?.exports ?? options.exports()),
    restore: Symbol("restore"),
    tracing,
    waitUntil,
    ...replacements(options),
  };
}

function rpcClasses({ rpc, classes }: WorkersModuleOptions): Record<string, object> {
  const exported = {
    RpcPromise: lazyClass("RpcPromise", () => rpc().RpcPromise),
    RpcProperty: lazyClass("RpcProperty", () => rpc().RpcProperty),
    RpcStub: lazyClass("RpcStub", () => rpc().RpcStub),
    ServiceStub: lazyClass("Fetcher", () => rpc().services().ServiceStub),
  };
  for (const [name, value] of Object.entries(exported)) classes().export(name, value);
  return exported;
}

function replacements({ owner }: WorkersModuleOptions): Record<string, unknown> {
  const run = (name: string, given: Importable, body: unknown, index: number): unknown => {
    if (typeof body !== "function") throw wrongParameter("EnvModule", name, index, "function");
    const running = context.get() ?? { owner: owner(), event: null };
    const importable = { ...running.importable, ...given };
    return context.run({ ...running, importable }, () => Reflect.apply(body, undefined, []));
  };
  return {
    withEnv: (...[env, body]: unknown[]) => run("withEnv", { env: objectOf(env) }, body, 2),
    withEnvAndExports: (...[env, exports, body]: unknown[]) =>
      run("withEnvAndExports", { env: objectOf(env), exports: objectOf(exports) }, body, 3),
    withExports: (...[exports, body]: unknown[]) =>
      run("withExports", { exports: objectOf(exports) }, body, 2),
  };
}

// What is no object stands for the worker's own.
function objectOf(value: unknown): Record<string, unknown> | undefined {
  return isObject(value) ? (value as Record<string, unknown>) : undefined;
}

/** Keeps the current event alive until `promise` settles. */
function waitUntil(...args: unknown[]): void {
  if (args.length === 0) throw wrongParameter("EntrypointsModule", "waitUntil", 1, "Promise");
  const event = context.get()?.event;
  if (event === null || event === undefined) {
    throw new Error(
      "waitUntil() can only be called while a request is handled: there is no current event.",
    );
  }
  event.waitUntil(args[0]);
}

function abortIsolate(): never {
  throw new BunflareError("binding_unsupported", {
    what: "abortIsolate() was called",
    why: "all workers of a test run in one process, which bunflare does not end",
  });
}

/**
 * As in workerd, the `env` that is imported is not the object that handlers get; it shows the same members. A Proxy,
 * because it must be there before the configuration was read.
 */
function lazyObject(object: () => Record<string, unknown>): Record<string, unknown> {
  return new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_, key) => Reflect.get(object(), key),
      set: (_, key, value) => Reflect.set(object(), key, value),
      has: (_, key) => Reflect.has(object(), key),
      ownKeys: () => Reflect.ownKeys(object()),
      deleteProperty: (_, key) => Reflect.deleteProperty(object(), key),
      defineProperty: (_, key, descriptor) => Reflect.defineProperty(object(), key, descriptor),
      getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(object(), key),
    },
  );
}
