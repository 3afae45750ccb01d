// `ctx.exports`, and `exports` of `cloudflare:workers`: stubs of the worker's own exports, with which it calls itself.
// https://developers.cloudflare.com/workers/runtime-apis/context/#exports

import { createEnv } from "../env.ts";
import type { Owner } from "../owner.ts";
import { decode, encode } from "../rpc/payload.ts";
import type { Endpoint } from "../rpc/service.ts";
import { serviceEndpoint } from "./service.ts";
import type { MainModule, Worker } from "./worker.ts";

/** What the stubs of a worker's exports are made from. */
export interface LoopbackOptions {
  readonly worker: Worker;
  owner(): Owner;
  /** For exports that are no entrypoints: the namespaces of Durable Object classes. */
  readonly namespaces: ReadonlyMap<string, () => unknown>;
}

/** See the head of the file. */
export class Loopbacks {
  readonly #options: LoopbackOptions;
  readonly #made = new Map<string, unknown>();
  #known: Record<string, unknown> | null = null;
  #unknown: Record<string, unknown> | null = null;

  constructor(options: LoopbackOptions) {
    this.#options = options;
  }

  /** The object; `main` is null until it has been loaded. Then every name gives a stub, and none is listed. */
  object(main: MainModule | null): Record<string, unknown> {
    if (main === null) return (this.#unknown ??= everyName((name) => this.#get(name)));
    return (this.#known ??= this.#listed(main));
  }

  #listed(main: MainModule): Record<string, unknown> {
    const members = Object.keys(main).map((name) => [name, () => this.#get(name)] as const);
    return createEnv({}, new Map(members));
  }

  #get(name: string): unknown {
    const { namespaces } = this.#options;
    if (!this.#made.has(name)) {
      this.#made.set(name, namespaces.get(name)?.() ?? loopback(this.#options, name));
    }
    return this.#made.get(name);
  }
}

function everyName(get: (name: string) => unknown): Record<string, unknown> {
  const isName = (key: string | symbol): key is string => typeof key === "string" && key !== "then";
  return new Proxy<Record<string, unknown>>(
    {},
    {
      get: (target, key) => (isName(key) ? get(key) : Reflect.get(target, key)),
      has: (_, key) => isName(key),
    },
  );
}

function loopback({ worker, owner }: LoopbackOptions, entrypoint: string): unknown {
  const endpoint = (props: () => unknown): Endpoint =>
    serviceEndpoint({ entrypoint, worker: () => worker, owner, props });
  return worker.rpc.services().loopback(
    endpoint(() => undefined),
    (props) => {
      const bytes = encode(props, worker.realm);
      return endpoint(() => decode(bytes));
    },
  );
}
