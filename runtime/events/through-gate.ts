// What worker code waits for that is no binding: the gates of an actor hold for it too.

import { context } from "../context.ts";
import type { EventGate } from "./event.ts";

/** Sends a message of the calling code when what it has written is safe, and gives the answer when it may go on. */
export async function throughGate<T>(send: () => Promise<T>): Promise<T> {
  const gate = currentGate();
  if (gate === null) return send();
  await gate.whenConfirmed;
  return gate.receive(send());
}

/**
 * Does what a binding outside of the calling code does, KV for example, and gives the answer when the code may go on: in an
 * actor, other events of it enter before. What is thrown rejects.
 */
export function outside<T>(work: () => T | Promise<T>): Promise<T> {
  const gate = currentGate();
  const answer = attempt(work);
  return gate === null ? answer : gate.receive(answer);
}

/** The same for async functions, whose result is a promise anyway: without a gate there is no second one. */
export function outsideOf<T>(work: () => T | Promise<T>): T | Promise<T> {
  const gate = currentGate();
  return gate === null ? work() : gate.receive(attempt(work));
}

/** The gate of the actor whose code calls; null for all other code. */
export function currentGate(): EventGate | null {
  return context.get()?.event?.gate ?? null;
}

/** Does something; what is thrown rejects. */
export function attempt<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Gives the calling code what takes this platform several turns and workerd none: nothing else enters in between. */
export function withinTurn<T>(work: Promise<T>): Promise<T> {
  return context.get()?.event?.gate?.hold(work) ?? work;
}
