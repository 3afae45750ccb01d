// One call or question, seen from the caller: sending, waiting, the value that arrives and who disposes what came with it.

import type { Answer, Callee, Outcome, Realm } from "./callee.ts";
import { isObject } from "../platform/arguments.ts";
import { Outgoing } from "./exporter.ts";
import { decodeFailure, type Failure } from "./failure.ts";
import { Belongings, brokenCallee } from "./ownership.ts";
import { decodeMessage, encodeArguments } from "./payload.ts";
import { type Client, stubState } from "./stub-state.ts";
import { caught } from "./target.ts";

type State =
  | { readonly kind: "pending"; readonly pipeline: Callee }
  | { readonly kind: "resolved"; readonly value: unknown }
  | { readonly kind: "disposed" };

/** A call on its way, and then its result. */
export class Invocation implements Disposable {
  readonly value: Promise<unknown>;
  readonly #realm: Realm;
  #state: State;

  private constructor(realm: Realm, { outcome, pipeline }: Answer) {
    this.#realm = realm;
    this.#state = { kind: "pending", pipeline };
    this.value = outcome.then(
      (returned) => this.#settle(returned, pipeline),
      (error: unknown) => {
        throw caught(error);
      },
    );
    // Who pipelines on a promise does not wait for it; its failure reaches the calls made on it.
    this.value.catch(() => undefined);
  }

  /** Sends a call, or a question for a property when `args` is null. Whatever goes wrong rejects the value. */
  static start(client: Client, args: unknown[] | null, realm: Realm): Invocation {
    const { outcome, pipeline } = send(client, args, realm);
    return new Invocation(realm, { outcome: realm.receive?.(outcome) ?? outcome, pipeline });
  }

  /** The callee for calls on the result. */
  callee(): Callee {
    const state = this.#state;
    switch (state.kind) {
      case "pending":
        return state.pipeline;
      case "disposed":
        throw new Error("RPC promise used after being disposed.");
      case "resolved":
        return this.#resultCallee(state.value);
    }
  }

  /** Disposes the result, now or when it comes. */
  [Symbol.dispose](): void {
    const state = this.#state;
    this.#state = { kind: "disposed" };
    if (state.kind === "resolved") dispose(state.value);
    if (state.kind === "pending") state.pipeline.release();
  }

  // A value that is there already is called like a remote one, so that results are copies with disposers of their own.
  #resultCallee(value: unknown): Callee {
    if (!isObject(value)) {
      throw new TypeError("Can't pipeline on RPC that did not return an object.");
    }
    const realm = this.#realm;
    return stubState(value)?.callee() ?? realm.rpc.expose(value, true, realm, null);
  }

  // What arrives in a Durable Object carries its id.
  #mark(failure: Failure): Failure {
    const { durableObjectId, enhancedErrors } = this.#realm;
    return durableObjectId === undefined || !enhancedErrors
      ? failure
      : { ...failure, durableObjectId };
  }

  #settle(outcome: Outcome, pipeline: Callee): unknown {
    if (outcome.kind === "failed") throw decodeFailure(this.#mark(outcome.failure));
    // Disposed already: its own hold on the pipeline is gone.
    const abandoned = this.#state.kind === "disposed";
    const belongings = new Belongings();
    if (!abandoned) {
      if (outcome.disposer) belongings.add({ [Symbol.dispose]: () => pipeline.release() });
      else pipeline.release();
    }
    const value = decodeMessage(outcome.message, this.#realm.rpc.receiver(belongings));
    if (!belongings.isEmpty) this.#realm.adopt?.(this);
    if (isObject(value)) adopt(value, belongings);
    if (abandoned) dispose(value);
    else this.#state = { kind: "resolved", value };
    return value;
  }
}

function send(client: Client, args: unknown[] | null, realm: Realm): Answer {
  try {
    const path: string[] = [];
    const callee = client.callee(path);
    if (args === null) return callee.get(path);
    const outgoing = new Outgoing(realm, "arguments");
    const message = args.length === 0 ? null : encodeArguments(args, outgoing, realm);
    const answer = callee.call(path, message);
    for (const stub of outgoing.moved) stub[Symbol.dispose]();
    return answer;
  } catch (error) {
    // Calls are asynchronous, also when they cannot be made.
    return { outcome: Promise.reject(error), pipeline: brokenCallee(() => error) };
  }
}

/** Gives a received object the disposer of what came with it. A stub is its own. */
function adopt(value: object, belongings: Belongings): void {
  if (stubState(value) !== null) return belongings.disown();
  Object.defineProperty(value, Symbol.dispose, {
    value: () => belongings[Symbol.dispose](),
    writable: true,
    configurable: true,
  });
}

function dispose(value: unknown): void {
  if (!isObject(value)) return;
  const disposer: unknown = (value as Partial<Disposable>)[Symbol.dispose];
  if (typeof disposer === "function") Reflect.apply(disposer, value, []);
}
