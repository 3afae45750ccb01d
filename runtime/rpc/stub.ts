// The caller's side: the classes that `cloudflare:workers` exports, for one worker. A stub is a real function with a real
// prototype; only behind that stands a Proxy, which answers for the names that nobody declared (decision 8).
// https://developers.cloudflare.com/workers/runtime-apis/rpc/lifecycle/

import type { Callee, Realm } from "./callee.ts";
import type { ExportedClasses } from "./exported-classes.ts";
import { illegalInvocation, isObject } from "../platform/arguments.ts";
import { stubKind, transientNames } from "./members.ts";
import type { Belongings } from "./ownership.ts";
import { markPlatformClass, type Receiver } from "./payload/reference.ts";
import type { ServiceStubs } from "./service.ts";
import { createPromises, isMemberName, type Promises, type RpcPromise } from "./promise.ts";
import { type Client, stampStub, StubState, stubState } from "./stub-state.ts";
import { TargetCallee } from "./target.ts";

/** The RPC of one worker: its classes, and what the owners of realms and bindings need. */
export interface Rpc {
  readonly RpcStub: { new (target: object): RpcStub; readonly prototype: object };
  readonly RpcPromise: { readonly prototype: object };
  readonly RpcProperty: { readonly prototype: object };
  /** A stub that takes over one holder of the callee. */
  stub(callee: Callee): RpcStub;
  /**
   * A callee for an object of this process, with one holder. `close` runs with the last one: by default the object's
   * own `[Symbol.dispose]`, if it has one now; null for nothing.
   */
  expose(object: object, own: boolean, realm: Realm, close?: (() => void) | null): Callee;
  /** Reads a message into this worker; the stubs in it are added to `belongings`. */
  receiver(belongings: Belongings): Receiver;
  /**
   * The prototype to put behind a class of stubs (`ServiceStub`, Durable Object stubs): every name that is not declared
   * in front of it is a member to call over RPC. `client` says where a call on such an object goes; null: nowhere.
   */
  wildcard(client: (stub: object) => Client | null): object;
  /** The stubs of other entrypoints; made at first use. */
  services(): ServiceStubs;
}

/** A stub: callable, and every name on it is a member of what it stands for. */
export interface RpcStub extends Disposable {
  (...args: unknown[]): RpcPromise;
  dup(): RpcStub;
}

/**
 * Makes the RPC of one worker. `current` tells in which realm the worker's code runs; it is asked when that code makes a
 * stub or a call, and when a result arrives. `classes` gets the classes when they are made.
 */
export function createRpc(current: () => Realm, classes: ExportedClasses): Rpc {
  const promises = createPromises(current);
  const Stub = stubClass(current, stub, wildcardOf(promises, stubState));

  function stub(callee: Callee): RpcStub {
    const state = new StubState(callee);
    const RpcStub = (...args: unknown[]): RpcPromise => promises.call(state, args);
    // A function has two names of its own, which would hide members of the same name.
    Reflect.deleteProperty(RpcStub, "name");
    Reflect.deleteProperty(RpcStub, "length");
    Object.setPrototypeOf(RpcStub, Stub.prototype);
    stampStub(RpcStub, state);
    return RpcStub as unknown as RpcStub;
  }

  let services: ServiceStubs | null = null;
  const rpc: Rpc = {
    RpcStub: Stub,
    RpcPromise: promises.RpcPromise,
    RpcProperty: promises.RpcProperty,
    stub,
    expose,
    wildcard: (client) => wildcardOf(promises, client),
    receiver: (belongings) => ({
      stub(callee) {
        const value = stub(callee);
        belongings.add(value);
        return value;
      },
      service: (endpoint) => rpc.services().stub(endpoint),
    }),
    services() {
      if (services === null) {
        services = serviceStubs(rpc, current);
        classes.made("ServiceStub", services.ServiceStub);
      }
      return services;
    },
  };
  classes.made("RpcStub", rpc.RpcStub);
  classes.made("RpcPromise", rpc.RpcPromise);
  classes.made("RpcProperty", rpc.RpcProperty);
  return rpc;
}

// Loaded at first use: most workers call no other.
function serviceStubs(rpc: Rpc, current: () => Realm): ServiceStubs {
  const { createServiceStubs } = require("./service.ts") as typeof import("./service.ts");
  return createServiceStubs(rpc, current);
}

function stubClass(
  current: () => Realm,
  stub: (callee: Callee) => RpcStub,
  wildcard: object,
): Rpc["RpcStub"] {
  function RpcStub(target?: unknown): RpcStub {
    if (new.target === undefined) {
      throw new TypeError(
        "Failed to construct 'JsRpcStub': Please use the 'new' operator, this object constructor cannot be called as a function.",
      );
    }
    if (!isObject(target)) {
      throw new TypeError(
        "Failed to construct 'JsRpcStub': constructor parameter 1 is not of type 'Object'.",
      );
    }
    const kind = stubKind(target);
    if (kind === null) {
      throw new TypeError(
        "RpcStubs can only wrap plain objects, functions, and RpcTarget derivatives.",
      );
    }
    return stub(expose(target, kind.own, current()));
  }
  Object.defineProperties(RpcStub.prototype, {
    dup: hidden(function (this: object) {
      const copy = stub(stateOf(this).share());
      current().adopt?.(copy);
      return copy;
    }),
    [Symbol.dispose]: hidden(function (this: object) {
      stateOf(this)[Symbol.dispose]();
    }),
    [Symbol.toStringTag]: hidden("JsRpcStub"),
  });
  markPlatformClass(RpcStub.prototype, {
    wildcard: true,
    refer: (value, exporter) => exporter.pass(stateOf(value).pass(), value as RpcStub),
    refusal: "RpcStub cannot be serialized in this context.",
  });
  Object.setPrototypeOf(RpcStub.prototype, wildcard);
  // A function that returns what it makes; as a class its instances are stubs.
  return RpcStub as unknown as Rpc["RpcStub"];
}

function stateOf(value: object): StubState {
  const state = stubState(value);
  if (state !== null) return state;
  throw illegalInvocation();
}

function hidden(value: unknown): PropertyDescriptor {
  return { value, writable: true, configurable: true };
}

// `then` is no member: a stub that has one would be taken for a promise wherever it is returned.
function wildcardOf(promises: Promises, client: (stub: object) => Client | null): object {
  const isMember = (key: PropertyKey): key is string => isMemberName(key) && key !== "then";
  // The target is empty, so that printing a stub shows what was declared and no more.
  return new Proxy(
    {},
    {
      get(target, key, receiver: object) {
        if (key in target) return Reflect.get(target, key, receiver) as unknown;
        const of = isMember(key) ? client(receiver) : null;
        if (of === null) return undefined;
        return promises.property(
          of,
          key as string,
          typeof receiver === "function" ? undefined : { ...receiver },
        );
      },
      // Spies look here for what they may replace.
      has: (target, key) => key in target || isMember(key),
    },
  );
}

function expose(object: object, own: boolean, realm: Realm, close?: (() => void) | null): Callee {
  const target = { object, own, reserved: transientNames };
  const finish = close === undefined ? disposerOf(object) : close;
  return new TargetCallee({
    enter: () => realm,
    target: () => target,
    // Among the realm's events, like everything that runs the worker's code.
    ...(finish !== null && {
      close: () => {
        realm.deliver(async () => finish()).catch((error: unknown) => realm.report(error));
      },
    }),
  });
}

function disposerOf(object: object): (() => void) | null {
  const disposer: unknown = (object as Partial<Disposable>)[Symbol.dispose];
  return typeof disposer === "function" ? (disposer as () => void).bind(object) : null;
}
