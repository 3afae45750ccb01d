// `ctx`: what an object's constructor gets.
// https://developers.cloudflare.com/durable-objects/api/state/

import { context } from "../../context.ts";
import { BunflareError } from "../../errors.ts";
import {
  illegalConstructor,
  illegalInvocation,
  isObject,
  toText,
  wrongParameter,
} from "../../platform/arguments.ts";
import { platformClass } from "../../platform/class.ts";
import type { Worker } from "../../worker/worker.ts";
import type { DurableObjectId } from "./ids.ts";
import type { StorageHost } from "./storage/host.ts";
import { lazyProperties } from "./lazy-properties.ts";
import { DurableObjectStorage } from "./storage/storage.ts";

const NAME = "DurableObjectState";

/** What `ctx` needs from its object, in one of its lives. */
export interface ContextHost {
  readonly id: DurableObjectId;
  readonly storage: StorageHost;
  readonly worker: Worker;
  /** `blockConcurrencyWhile`. */
  block(body: () => unknown): Promise<unknown>;
  abort(error: Error): void;
}

/** See the head of the file. */
export class DurableObjectState {
  readonly #host: ContextHost;
  declare readonly facets: DurableObjectFacets;
  /** There are no containers here. */
  declare readonly container: undefined;
  declare readonly storage: DurableObjectStorage;
  declare readonly id: DurableObjectId;
  declare readonly props: object;
  /** Stubs of the worker's own exports. */
  declare readonly exports: unknown;

  constructor(host: ContextHost) {
    if (!isObject(host)) throw illegalConstructor();
    this.#host = host;
    // Own properties in workerd's order, made when they are read.
    lazyProperties(this, {
      facets: () => new DurableObjectFacets(),
      container: () => undefined,
      storage: () => new DurableObjectStorage(host.storage),
      id: () => host.id,
      props: () => ({}),
      exports: () => host.worker.exports,
    });
  }

  waitUntil(...args: unknown[]): void {
    DurableObjectState.#of(this);
    if (args.length === 0) throw wrongParameter(NAME, "waitUntil", 1, "Promise");
    const event = context.get()?.event;
    if (event === null || event === undefined) throw illegalInvocation();
    event.waitUntil(args[0]);
  }

  blockConcurrencyWhile(...args: unknown[]): Promise<unknown> {
    const host = DurableObjectState.#of(this);
    const [callback] = args;
    if (typeof callback !== "function") {
      return Promise.reject(wrongParameter(NAME, "blockConcurrencyWhile", 1, "function"));
    }
    const blocked = host.block(callback as () => unknown);
    // A callback that throws breaks the object, whoever waits for it.
    blocked.catch(() => undefined);
    return blocked;
  }

  abort(...args: unknown[]): never {
    const host = DurableObjectState.#of(this);
    const [reason] = args;
    const error = new Error(
      reason === undefined ? "Application called abort() to reset Durable Object." : toText(reason),
    );
    host.abort(error);
    // On workerd nothing runs after this; here the code must at least be on its way out.
    throw error;
  }

  acceptWebSocket(): never {
    throw notYet("ctx.acceptWebSocket()");
  }

  getWebSockets(): object[] {
    DurableObjectState.#of(this);
    // None can have been accepted.
    return [];
  }

  setWebSocketAutoResponse(): never {
    throw notYet("ctx.setWebSocketAutoResponse()");
  }

  getWebSocketAutoResponse(): null {
    DurableObjectState.#of(this);
    return null;
  }

  getWebSocketAutoResponseTimestamp(): null {
    DurableObjectState.#of(this);
    return null;
  }

  setHibernatableWebSocketEventTimeout(): never {
    throw notYet("ctx.setHibernatableWebSocketEventTimeout()");
  }

  getHibernatableWebSocketEventTimeout(): null {
    DurableObjectState.#of(this);
    return null;
  }

  getTags(): never {
    throw notYet("ctx.getTags()");
  }

  static #of(self: unknown): ContextHost {
    if (isObject(self) && #host in self) return self.#host;
    throw illegalInvocation();
  }
}

platformClass(DurableObjectState);

/** `ctx.facets`: objects inside of an object, which are not simulated. */
export class DurableObjectFacets {
  get(): never {
    throw notYet("ctx.facets.get()");
  }

  abort(): never {
    throw notYet("ctx.facets.abort()");
  }

  delete(): never {
    throw notYet("ctx.facets.delete()");
  }

  clone(): never {
    throw notYet("ctx.facets.clone()");
  }
}

platformClass(DurableObjectFacets);

function notYet(what: string): BunflareError {
  return new BunflareError("binding_unsupported", {
    what: `${what} was used in a Durable Object`,
    why: "bunflare does not simulate it yet",
  });
}
