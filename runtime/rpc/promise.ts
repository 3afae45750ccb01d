// Promises and properties of RPC: both can be called, awaited, and asked for properties before anything is known of the
// result (pipelining). They come with every call and every name, so they are Proxies; nobody spies on them.
// https://developers.cloudflare.com/workers/runtime-apis/rpc/#promise-pipelining

import { Invocation } from "./invocation.ts";
import type { Realm } from "./callee.ts";
import { illegalConstructor, illegalInvocation, wrongParameter } from "../platform/arguments.ts";
import { markPlatformClass } from "./payload/reference.ts";
import type { Client } from "./stub-state.ts";

/** The result of a call that is on its way. */
export interface RpcPromise extends Disposable, PromiseLike<unknown> {
  (...args: unknown[]): RpcPromise;
  catch(handler: (error: unknown) => unknown): Promise<unknown>;
  finally(handler: () => void): Promise<unknown>;
}

/** A member of something remote: a method to call or a value to await. */
export interface RpcProperty extends PromiseLike<unknown> {
  (...args: unknown[]): RpcPromise;
}

/** The promises of one worker. */
export interface Promises {
  readonly RpcPromise: { readonly prototype: object };
  readonly RpcProperty: { readonly prototype: object };
  /** Calls what the client stands for. Never throws. */
  call(client: Client, args: unknown[]): RpcPromise;
  /** The member `name` of what the client stands for; `json` is what `JSON.stringify` makes of the client itself. */
  property(client: Client, name: string, json?: object): RpcProperty;
}

/** What is behind a promise or a property. */
interface Behind extends Client {
  readonly kind: "JsRpcPromise" | "JsRpcProperty";
  /** The promise to wait for; of a property, a new question each time. */
  promise(): Promise<unknown>;
  dispose(): void;
  /** Of a property "toJSON": what `JSON.stringify` gets. It does not see remote members in V8. */
  readonly json?: { readonly value: object | undefined };
}

// How the prototypes' methods find what is behind the Proxy that they are called on.
const behind = Symbol("behind");
// Only functions can be called. These are never run; their names are what prints.
const callables = { RpcPromise: (): void => undefined, RpcProperty: (): void => undefined };

/** Makes the promise classes of one worker. */
export function createPromises(current: () => Realm): Promises {
  const RpcPromise = promiseClass("RpcPromise", true);
  const RpcProperty = promiseClass("RpcProperty", false);

  function call(client: Client, args: unknown[]): RpcPromise {
    const invocation = Invocation.start(client, args, current());
    return proxy<RpcPromise>("RpcPromise", {
      kind: "JsRpcPromise",
      promise: () => invocation.value,
      callee: () => invocation.callee(),
      dispose: () => invocation[Symbol.dispose](),
    });
  }

  function property(client: Client, name: string, json?: object): RpcProperty {
    const callee: Client["callee"] = (path) => {
      const root = client.callee(path);
      path.push(name);
      return root;
    };
    return proxy<RpcProperty>("RpcProperty", {
      kind: "JsRpcProperty",
      promise: () => Invocation.start({ callee }, null, current()).value,
      callee,
      dispose: () => undefined,
      ...(name === "toJSON" && { json: { value: json } }),
    });
  }

  function proxy<T>(name: keyof typeof callables, target: Behind): T {
    const { prototype } = name === "RpcPromise" ? RpcPromise : RpcProperty;
    return new Proxy(
      callables[name],
      new Handler(target, prototype, { call, property }),
    ) as unknown as T;
  }

  return { RpcPromise, RpcProperty, call, property };
}

/** Whether a name can be a member over RPC: list indexes never are. */
export function isMemberName(key: PropertyKey): key is string {
  return typeof key === "string" && !/^(?:0|[1-9]\d*)$/.test(key);
}

/** The traps of one promise or property. */
class Handler implements ProxyHandler<() => void> {
  readonly #behind: Behind;
  readonly #prototype: object;
  readonly #make: Pick<Promises, "call" | "property">;
  // What code has set on it; nearly always nothing.
  #own: object | null = null;

  constructor(target: Behind, prototype: object, make: Pick<Promises, "call" | "property">) {
    this.#behind = target;
    this.#prototype = prototype;
    this.#make = make;
  }

  get(_: object, key: PropertyKey, receiver: unknown): unknown {
    if (key === behind) return this.#behind;
    if (this.#own !== null && Object.hasOwn(this.#own, key)) return Reflect.get(this.#own, key);
    if (key in this.#prototype) return Reflect.get(this.#prototype, key, receiver);
    return isMemberName(key) ? this.#make.property(this.#behind, key) : undefined;
  }

  apply(_: object, _self: unknown, args: unknown[]): unknown {
    const { json } = this.#behind;
    // JSON.stringify, and hardly anything else, calls with the key.
    if (json !== undefined && args.length === 1 && typeof args[0] === "string") return json.value;
    return this.#make.call(this.#behind, args);
  }

  has(_: object, key: PropertyKey): boolean {
    return isMemberName(key) || key in this.#prototype || this.#hasOwn(key);
  }

  getPrototypeOf(): object {
    return this.#prototype;
  }

  ownKeys(): (string | symbol)[] {
    return this.#own === null ? [] : Reflect.ownKeys(this.#own);
  }

  getOwnPropertyDescriptor(_: object, key: PropertyKey): PropertyDescriptor | undefined {
    return this.#own === null ? undefined : Object.getOwnPropertyDescriptor(this.#own, key);
  }

  set(_: object, key: PropertyKey, value: unknown): boolean {
    this.#own ??= {};
    return Reflect.set(this.#own, key, value);
  }

  defineProperty(_: object, key: PropertyKey, descriptor: PropertyDescriptor): boolean {
    this.#own ??= {};
    return Reflect.defineProperty(this.#own, key, { ...descriptor, configurable: true });
  }

  deleteProperty(_: object, key: PropertyKey): boolean {
    return this.#own === null || Reflect.deleteProperty(this.#own, key);
  }

  #hasOwn(key: PropertyKey): boolean {
    return this.#own !== null && Object.hasOwn(this.#own, key);
  }
}

type Handle = { readonly [behind]?: Behind };
type Handlers = [onFulfilled: unknown, onRejected?: unknown];

function promiseClass(name: string, disposable: boolean): { readonly prototype: object } {
  const Class = {
    [name]: function (): never {
      throw illegalConstructor();
    },
  }[name] as unknown as { prototype: object };
  const { prototype } = Class;
  define(prototype, {
    then(this: Handle, ...[onFulfilled, onRejected]: Handlers) {
      const { promise } = ready(this, "then", onFulfilled);
      return promise().then(onFulfilled as () => unknown, onRejected as () => unknown);
    },
    catch(this: Handle, onRejected: unknown) {
      return ready(this, "catch", onRejected)
        .promise()
        .catch(onRejected as () => unknown);
    },
    finally(this: Handle, onFinally: unknown) {
      return ready(this, "finally", onFinally)
        .promise()
        .finally(onFinally as () => void);
    },
    [Symbol.toStringTag]: `Js${name}`,
    ...(disposable && {
      [Symbol.dispose](this: Handle) {
        of(this).dispose();
      },
    }),
  });
  markPlatformClass(prototype, { wildcard: true });
  return Class;
}

function ready(handle: Handle, method: string, handler: unknown): Behind {
  const target = of(handle);
  if (typeof handler !== "function") throw wrongParameter(target.kind, method, 1, "Function");
  return target;
}

function of(handle: Handle): Behind {
  const target = handle[behind];
  if (target === undefined) throw illegalInvocation();
  return target;
}

function define(prototype: object, members: object): void {
  for (const key of Reflect.ownKeys(members)) {
    const value: unknown = Reflect.get(members, key);
    Object.defineProperty(prototype, key, { value, writable: true, configurable: true });
  }
}
