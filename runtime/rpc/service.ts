// Service stubs: what a worker calls other entrypoints through, by `fetch` and by RPC. A stub is a real object of a real
// class; only behind that stands a Proxy for the names that nobody declared (decision 8). One set of classes for each worker.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/

import { BunflareError } from "../errors.ts";
import { slot } from "../globals/slot.ts";
import {
  illegalConstructor,
  illegalInvocation,
  isObject,
  toOptions,
  wrongField,
  wrongParameter,
} from "../platform/arguments.ts";
import type { Callee, Realm } from "./callee.ts";
import { markPlatformClass, type Receiver, type Reference } from "./payload/reference.ts";
import { HostTag } from "./payload/tags.ts";
import type { Rpc } from "./stub.ts";

/** What is behind a service stub. */
export interface Endpoint {
  /** Where calls go; the same for all calls. */
  readonly callee: Callee;
  /** Sends a request; the arguments are those of `fetch`. Rejects with whatever goes wrong. */
  fetch(args: readonly unknown[]): Promise<Response>;
}

/** A stub; every name on it is a member of what it stands for. */
export interface ServiceStub {
  fetch(...args: unknown[]): Promise<Response>;
}

/** The stub of the worker's own export: called, it gives one with props. */
export interface LoopbackServiceStub extends ServiceStub {
  (options?: unknown): ServiceStub;
}

/** The service stubs of one worker. */
export interface ServiceStubs {
  readonly ServiceStub: { readonly prototype: object };
  stub(endpoint: Endpoint): ServiceStub;
  /** `bind` makes the endpoint with props; it throws for those that cannot be serialised. */
  loopback(endpoint: Endpoint, bind: (props: object) => Endpoint): LoopbackServiceStub;
}

const endpoints = slot<Endpoint>();

/** A stub in a message. */
class ServiceReference implements Reference {
  readonly tag = HostTag.service;
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  open(receiver: Receiver): object {
    return receiver.service(this.#endpoint);
  }

  // It holds nothing that ends.
  drop(): void {}
}

/** Makes the classes; `current` gives the realm of the calling code. */
export function createServiceStubs(rpc: Rpc, current: () => Realm): ServiceStubs {
  // The name is workerd's, for what `constructor.name` and the console show.
  class Fetcher {
    constructor(...args: unknown[]) {
      if (!isEndpoint(args[0])) throw illegalConstructor();
      endpoints.set(this, args[0]);
    }

    fetch(...args: unknown[]): Promise<Response> {
      const answer = endpointOf(this).fetch(args);
      return current().receive?.(answer) ?? answer;
    }

    connect(): never {
      endpointOf(this);
      throw new BunflareError("binding_unsupported", {
        what: "connect() was called on a service",
        why: "bunflare does not simulate sockets to services",
      });
    }
  }
  const { prototype } = Fetcher;
  for (const name of ["fetch", "connect"] as const) {
    Object.defineProperty(prototype, name, { enumerable: true });
  }
  const client = (stub: object) => {
    const endpoint = endpoints.get(stub);
    return endpoint === undefined ? null : { callee: () => endpoint.callee };
  };
  Object.defineProperty(prototype, Symbol.toStringTag, { value: "Fetcher", configurable: true });
  Object.setPrototypeOf(prototype, rpc.wildcard(client));
  markPlatformClass(prototype, {
    wildcard: true,
    refer: (value) => new ServiceReference(endpointOf(value)),
    refusal: "ServiceStub cannot be serialized in this context.",
  });
  const stub = (endpoint: Endpoint): ServiceStub => new Fetcher(endpoint);
  return { ServiceStub: Fetcher, stub, loopback: loopbacks(prototype, stub) };
}

function loopbacks(
  base: object,
  stub: (endpoint: Endpoint) => ServiceStub,
): ServiceStubs["loopback"] {
  function LoopbackServiceStub(): never {
    throw illegalConstructor();
  }
  const { prototype } = LoopbackServiceStub;
  const name = { value: "LoopbackServiceStub", configurable: true };
  Object.defineProperty(prototype, Symbol.toStringTag, name);
  Object.setPrototypeOf(prototype, base);
  return (endpoint, bind) => {
    const loopback = (options?: unknown): ServiceStub => {
      const props = readProps(options);
      return stub(props === undefined ? endpoint : bind(props));
    };
    // A function has two names of its own, which would hide members of the same name.
    Reflect.deleteProperty(loopback, "name");
    Reflect.deleteProperty(loopback, "length");
    Object.setPrototypeOf(loopback, prototype);
    endpoints.set(loopback, endpoint);
    return loopback as unknown as LoopbackServiceStub;
  };
}

function readProps(value: unknown): object | undefined {
  const refuse = (): TypeError =>
    wrongParameter("LoopbackServiceStub", "(called as function)", 1, "Options");
  const props = toOptions<"props">(value, refuse)?.props;
  if (props === undefined || isObject(props)) return props;
  throw wrongField("props", "Options", "Object");
}

function endpointOf(stub: unknown): Endpoint {
  const endpoint = isObject(stub) ? endpoints.get(stub) : undefined;
  if (endpoint === undefined) throw illegalInvocation();
  return endpoint;
}

function isEndpoint(value: unknown): value is Endpoint {
  return isObject(value) && "callee" in value;
}
