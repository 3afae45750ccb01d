// What travels beside the bytes of an RPC message, and how a class says that its objects are the platform's own.

import type { Callee } from "../callee.ts";
import type { Endpoint } from "../service.ts";

/** One live thing in a message: a capability, a stream, a service. It belongs to the message until it is opened. */
export interface Reference {
  /** The host tag in the bytes. */
  readonly tag: number;
  /** Makes the receiver's object. Called at most once. */
  open(receiver: Receiver): object;
  /** Lets go of what it holds, when the message is dropped unread. */
  drop(): void;
}

/** The receiving side while a message is read. */
export interface Receiver {
  /** Makes the stub that stands for a callee, and takes over the holder that comes with it. */
  stub(callee: Callee): object;
  /** Makes the stub that stands for an entrypoint. */
  service(endpoint: Endpoint): object;
}

/** The sending side of an RPC message: it makes references for what cannot be copied. */
export interface Exporter {
  /** A function or an RpcTarget; `own` tells whether its own properties are reachable. */
  export(target: object, own: boolean): Reference;
  /** A Proxy: refused unless it presents itself as something that can be exported. */
  exportProxy(proxy: object): Reference;
  /** A stub that is passed on. Whether it stays the sender's own is the exporter's to say. */
  pass(callee: Callee, stub: Disposable): Reference;
}

/** How objects of a platform class are serialised. Absent members refuse. */
export interface Serialization {
  /** Over RPC: the reference that carries the object. */
  refer?(value: object, exporter: Exporter): Reference;
  /** The refusal's words where it is not carried; workerd's general ones when absent. */
  readonly refusal?: string;
  /** Every name is a member (stubs and their properties): paths may lead through such an object. */
  readonly wildcard?: boolean;
}

/**
 * The key under which the prototype of a platform class (a binding, a stub, an RpcTarget) says how its objects are
 * serialised. Such an object is never taken for a plain one, not even in storage.
 */
export const serialization: unique symbol = Symbol("bunflare.serialization");

/** Marks a class of ours as a platform class. */
export function markPlatformClass(prototype: object, how: Serialization = {}): void {
  Object.defineProperty(prototype, serialization, { value: how, configurable: true });
}

/** What the object's class says about serialisation; null for a class that is not marked. */
export function serializationOf(value: object): Serialization | null {
  return (value as { [serialization]?: Serialization })[serialization] ?? null;
}
