// The callee's side of a call: which members of an object are reachable, how the call is made among its owner's events,
// and what of the result travels.
// https://developers.cloudflare.com/workers/runtime-apis/rpc/visibility/

import type { Answer, Callee, Outcome, Path, Realm } from "./callee.ts";
import { Outgoing } from "./exporter.ts";
import { decodeFailure, encodeFailure, type Failure } from "./failure.ts";
import { lookUp, type Reachable } from "./members.ts";
import { Belongings, HandedOut, PromisedCallee } from "./ownership.ts";
import { decodeMessage, dropMessage, encodeMessage, type Message } from "./payload.ts";
import { resultPipeline } from "./result.ts";

/** What a call is made on. */
export interface Target extends Reachable {
  /** For handlers of an object (not a class): called as `(argument, env, ctx)`, with these two. */
  readonly handlerArguments?: readonly [env: unknown, ctx: unknown];
  /** Called with what a method throws, before that travels. */
  onThrown?(error: unknown): void;
}

/** Where a callee finds its target: an object that is there, or one that is made for each call. */
export interface TargetSource {
  /** The realm of the next call. */
  enter(): Realm;
  /** The target, asked for inside that realm's delivery. */
  target(realm: Realm): Target | Promise<Target>;
  /** Its targets see to `durableObjectId` on errors themselves (`onThrown`). */
  readonly marksErrors?: true;
  /** Runs when the last holder is gone. */
  close?(): void;
}

/** A callee in front of a target in this process. */
export class TargetCallee implements Callee {
  readonly #source: TargetSource;
  #holders = 1;

  constructor(source: TargetSource) {
    this.#source = source;
  }

  call(path: Path, args: Message | null): Answer {
    return this.#send(new Delivery(this.#source, path, true, args));
  }

  get(path: Path): Answer {
    return this.#send(new Delivery(this.#source, path, false, null));
  }

  retain(): void {
    this.#holders++;
  }

  release(): void {
    if (--this.#holders === 0) this.#source.close?.();
  }

  #send(delivery: Delivery): Answer {
    // A call in flight holds its target.
    this.retain();
    const outcome = delivery.run(() => this.release());
    return {
      outcome,
      pipeline: new PromisedCallee(
        () => outcome.then(() => delivery.pipeline()),
        () => delivery.abandon(),
      ),
    };
  }
}

/** Why calls on the result of a failed call fail: with the same error. */
export class PipelineFailure {
  readonly failure: Failure;

  constructor(failure: Failure) {
    this.failure = failure;
  }
}

/** What the caller is to catch for the rejection of an outcome. */
export function caught(error: unknown): unknown {
  return error instanceof PipelineFailure ? decodeFailure(error.failure) : error;
}

/** One call, from its arrival to its outcome. */
class Delivery {
  readonly #source: TargetSource;
  readonly #path: Path;
  readonly #calls: boolean;
  readonly #args: Message | null;
  #started = false;
  // The worker's own failure, kept apart from what the owner rejects with.
  #failure: Failure | null = null;
  #thrown: unknown = null;
  #result: (() => Callee) | null = null;
  // Made at once when the result has something to dispose, otherwise when it is called on.
  #pipeline: Callee | null = null;
  #abandoned = false;
  // Whose event is kept for calls on the result.
  #held: Realm | null = null;

  constructor(source: TargetSource, path: Path, calls: boolean, args: Message | null) {
    this.#source = source;
    this.#path = path;
    this.#calls = calls;
    this.#args = args;
  }

  /** Delivers the call. Rejects with an owner's error only. */
  async run(finished: () => void): Promise<Outcome> {
    try {
      const realm = this.#source.enter();
      this.#held = realm;
      realm.hold?.();
      return await realm.deliver(() => this.#perform(realm));
    } catch (error) {
      this.#letGo();
      if (!this.#started && this.#args !== null) dropMessage(this.#args);
      // What ended the callee comes before what its code made of that.
      if (this.#failure === null || error !== this.#thrown) throw error;
      return { kind: "failed", failure: this.#failure };
    } finally {
      finished();
    }
  }

  /** The callee for calls on the result, once there is an outcome. */
  pipeline(): Callee {
    if (this.#failure !== null) throw new PipelineFailure(this.#failure);
    if (this.#result === null) throw new Error("the call has no result yet");
    return (this.#pipeline ??= this.#handOut(this.#result()));
  }

  /** Nobody will call on the result. */
  abandon(): void {
    this.#abandoned = true;
    this.#pipeline?.release();
    this.#letGo();
  }

  // The callee keeps the event from here on.
  #handOut(callee: Callee): Callee {
    const realm = this.#held;
    this.#held = null;
    return realm?.hold === undefined ? callee : new HandedOut(callee, realm);
  }

  #letGo(): void {
    this.#held?.release?.();
    this.#held = null;
  }

  async #perform(realm: Realm): Promise<Outcome> {
    this.#started = true;
    const belongings = new Belongings();
    try {
      return this.#finish(await this.#invoke(realm, belongings), realm);
    } catch (error) {
      this.#failure = this.#encode(error, realm);
      this.#thrown = error;
      throw error;
    } finally {
      // What came with the arguments is the callee's only until it has answered.
      belongings[Symbol.dispose]();
    }
  }

  #encode(error: unknown, realm: Realm): Failure {
    const failure = encodeFailure(error, realm);
    const { durableObjectId } = realm;
    const isMarked = this.#source.marksErrors === true || !realm.enhancedErrors;
    if (durableObjectId === undefined || isMarked) return failure;
    return { ...failure, durableObjectId };
  }

  // Not async: what it gives is awaited once, by the caller.
  #invoke(realm: Realm, belongings: Belongings): unknown {
    // The sender always makes an array. It is read first: then whatever goes wrong, what came with it is disposed.
    const args =
      this.#args === null
        ? []
        : (decodeMessage(this.#args, realm.rpc.receiver(belongings)) as unknown[]);
    const target = this.#source.target(realm);
    return target instanceof Promise
      ? target.then((found) => this.#use(found, args))
      : this.#use(target, args);
  }

  #use(target: Target, args: unknown[]): unknown {
    const { value, holder } = lookUp(target, this.#path);
    if (!this.#calls) return value;
    const name = this.#path.length === 0 ? "(this)" : this.#path.join(".");
    if (typeof value !== "function") throw new TypeError(`"${name}" is not a function.`);
    const { handlerArguments } = target;
    const all =
      handlerArguments === undefined ? args : insertArguments(name, value, args, handlerArguments);
    if (target.onThrown === undefined) return Reflect.apply(value, holder, all);
    return tell(target, () => Reflect.apply(value, holder, all));
  }

  #finish(value: unknown, realm: Realm): Outcome {
    const disposer = takeDisposer(value);
    const outgoing = new Outgoing(realm, "result");
    const message = encodeMessage(value, outgoing, realm);
    const { moved } = outgoing;
    this.#result = () => resultPipeline({ value, message, disposer, moved, realm });
    if (disposer !== null || moved.length > 0) {
      this.#pipeline = this.#handOut(this.#result());
      if (this.#abandoned) this.#pipeline.release();
    }
    return { kind: "returned", message, disposer: disposer !== null };
  }
}

async function tell(target: Target, call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    target.onThrown?.(error);
    throw error;
  }
}

/** Takes the disposer off a plain object that is returned: it stays at this side. */
function takeDisposer(value: unknown): (() => void) | null {
  if (typeof value !== "object" || value === null) return null;
  if (Object.getPrototypeOf(value) !== Object.prototype) return null;
  const disposer: unknown = (value as Partial<Disposable>)[Symbol.dispose];
  Reflect.deleteProperty(value, Symbol.dispose);
  return typeof disposer === "function" ? (disposer as () => void).bind(value) : null;
}

function insertArguments(
  name: string,
  handler: { length: number },
  args: readonly unknown[],
  [env, ctx]: readonly [unknown, unknown],
): unknown[] {
  if (handler.length > 3) {
    throw new TypeError(
      `Cannot call handler function "${name}" over RPC because it has the wrong number of arguments. A simple function ` +
        "handler can only be called over RPC if it has exactly the arguments (arg, env, ctx), where only the first " +
        "argument comes from the client. To support multi-argument RPC functions, use class-based syntax (extending " +
        "WorkerEntrypoint) instead.",
    );
  }
  if (args.length !== 1) {
    throw new TypeError(
      `Attempted to call RPC function "${name}" with the wrong number of arguments. When calling a top-level handler ` +
        "function that is not declared as part of a class, you must always send exactly one argument. In order to " +
        "support variable numbers of arguments, the server must use class-based syntax (extending WorkerEntrypoint) " +
        "instead.",
    );
  }
  return [args[0], env, ctx];
}
