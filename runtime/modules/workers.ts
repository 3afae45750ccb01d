// The exports of `cloudflare:workers` for one worker of one test file.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/#importing-env-as-a-global

import { context } from "../context.ts";
import type { Env } from "../env.ts";
import { RpcTarget } from "../rpc/members.ts";
import { DurableObject, WorkerEntrypoint, WorkflowEntrypoint } from "../worker/classes.ts";

/** Makes the exports; `env` is asked at each access, so that importing the module opens nothing. */
export function workersModule(env: () => Env): Record<string, unknown> {
  return {
    DurableObject,
    RpcTarget,
    WorkerEntrypoint,
    WorkflowEntrypoint,
    env: lazyEnv(env),
    waitUntil,
  };
}

/** Keeps the current event alive until `promise` settles. */
function waitUntil(promise: unknown): void {
  const event = context.get()?.event;
  if (event === null || event === undefined) {
    throw new Error("waitUntil() can only be called while a request is handled: there is no current event.");
  }
  event.waitUntil(promise);
}

/**
 * As in workerd, the `env` that is imported is not the object that handlers get; it shows the same members. A Proxy,
 * because it must be there before the configuration was read.
 */
function lazyEnv(env: () => Env): Env {
  return new Proxy<Env>(
    {},
    {
      get: (_, key) => Reflect.get(env(), key),
      set: (_, key, value) => Reflect.set(env(), key, value),
      has: (_, key) => Reflect.has(env(), key),
      ownKeys: () => Reflect.ownKeys(env()),
      deleteProperty: (_, key) => Reflect.deleteProperty(env(), key),
      defineProperty: (_, key, descriptor) => Reflect.defineProperty(env(), key, descriptor),
      getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(env(), key),
    },
  );
}
