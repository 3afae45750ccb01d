// The seam of RPC: a callee is something that calls can be sent to, a realm is the code that sends and receives them. What
// is behind a callee (an object here, an actor, another worker) and what is around a realm (events, gates) is the owners'.

import type { Failure } from "./failure.ts";
import type { Message } from "./payload.ts";
import type { Rpc } from "./stub.ts";

/** The names that lead from a callee to the member that is meant; empty for the callee itself. */
export type Path = readonly string[];

/** Something that calls can be sent to: a capability. It is counted, and let go with its last holder. */
export interface Callee {
  /** Sends a call; takes charge of `args` (null stands for none). Never throws. */
  call(path: Path, args: Message | null): Answer;
  /** Asks for the value of a property. Never throws. */
  get(path: Path): Answer;
  /** Adds a holder. */
  retain(): void;
  /** Takes a holder away; the last one lets the target's `[Symbol.dispose]` run. */
  release(): void;
}

/** What a call gives at once. */
export interface Answer {
  /** The outcome; it rejects only with an error of the owner's (a broken actor), which passes as it is. */
  readonly outcome: Promise<Outcome>;
  /** Stands for the result before it is there; the caller is its one holder. It costs nothing until it is used. */
  readonly pipeline: Callee;
}

/** How a call ended. */
export type Outcome = Returned | { readonly kind: "failed"; readonly failure: Failure };

/** A returned value. */
export interface Returned {
  readonly kind: "returned";
  readonly message: Message;
  /** The value has a `[Symbol.dispose]` at its own side, to run when the caller disposes the result. */
  readonly disposer: boolean;
}

/** Code that RPC happens to: one event of a worker, an actor, or a test. */
export interface Realm {
  readonly rpc: Rpc;
  /** Errors keep name, own properties and cause (2026-04-21). */
  readonly enhancedErrors: boolean;
  /** The id of the Durable Object whose code it is: errors that pass through it carry that. */
  readonly durableObjectId?: string | undefined;
  /** Stubs in arguments stay the caller's own (`rpc_params_dup_stubs`, 2026-01-20), instead of moving to the callee. */
  readonly duplicatesArguments: boolean;
  /**
   * Runs `work` among this realm's events, always from a macrotask (law 5), in the order of the calls, and settles as it
   * does. What it rejects with before `work` started is taken for an error of the owner's.
   */
  deliver<T>(work: () => Promise<T>): Promise<T>;
  /** Takes an error that nobody waits for: that of a disposer, or of its delivery. */
  report(error: unknown): void;
  /**
   * Keeps the event alive for whoever holds something of it, until `release`. Absent where nothing ends: in a test.
   */
  hold?(): void;
  release?(): void;
  /** Takes what this code has received; it is disposed with the event, if not before. */
  adopt?(thing: Disposable): void;
  /** Gives an answer from elsewhere to this realm's code: where a gate is waited for. Absent: as it comes. */
  receive?<T>(answer: Promise<T>): Promise<T>;
}
