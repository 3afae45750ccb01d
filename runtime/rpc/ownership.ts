// Who holds what: the stubs that came with one value, and counted callees that are not there yet or broken.

import type { Answer, Callee, Path, Realm } from "./callee.ts";
import { dropMessage, type Message } from "./payload.ts";

/** What arrived together with one value, to be disposed together. */
export class Belongings {
  readonly #things: Disposable[] = [];

  add(thing: Disposable): void {
    this.#things.push(thing);
  }

  get isEmpty(): boolean {
    return this.#things.length === 0;
  }

  /** Leaves everything to itself: the value is a stub, which is its own owner. */
  disown(): void {
    this.#things.length = 0;
  }

  [Symbol.dispose](): void {
    if (this.#things.length === 0) return;
    for (const thing of this.#things.splice(0)) thing[Symbol.dispose]();
  }
}

/**
 * A callee that is known later. Calls wait for it, in order; if it never comes, they fail as it did. `find` is called at
 * the first use, and `unused` instead if the last holder goes before.
 */
export class PromisedCallee implements Callee {
  readonly #find: () => Promise<Callee>;
  readonly #unused: (() => void) | undefined;
  #target: Promise<Callee> | null = null;
  #holders = 1;

  constructor(find: () => Promise<Callee>, unused?: () => void) {
    this.#find = find;
    this.#unused = unused;
  }

  call(path: Path, args: Message | null): Answer {
    return this.#send(
      (callee) => callee.call(path, args),
      () => {
        if (args !== null) dropMessage(args);
      },
    );
  }

  get(path: Path): Answer {
    return this.#send(
      (callee) => callee.get(path),
      () => undefined,
    );
  }

  retain(): void {
    this.#holders++;
  }

  release(): void {
    if (--this.#holders > 0) return;
    if (this.#target === null) this.#unused?.();
    else
      this.#target.then(
        (callee) => callee.release(),
        () => undefined,
      );
  }

  #send(send: (callee: Callee) => Answer, drop: () => void): Answer {
    const answer = (this.#target ??= this.#find()).then(send, (error: unknown) => {
      drop();
      throw error;
    });
    return {
      outcome: answer.then(({ outcome }) => outcome),
      pipeline: new PromisedCallee(
        () => answer.then(({ pipeline }) => pipeline),
        () =>
          answer.then(
            ({ pipeline }) => pipeline.release(),
            () => undefined,
          ),
      ),
    };
  }
}

/**
 * A callee that an event has handed out with a result: as long as somebody holds it, that keeps the event. It takes over
 * one holder of `target` and one `hold` of the realm.
 */
export class HandedOut implements Callee {
  readonly #target: Callee;
  readonly #realm: Realm;
  #holders = 1;

  constructor(target: Callee, realm: Realm) {
    this.#target = target;
    this.#realm = realm;
  }

  call(path: Path, args: Message | null): Answer {
    return this.#target.call(path, args);
  }

  get(path: Path): Answer {
    return this.#target.get(path);
  }

  retain(): void {
    this.#holders++;
  }

  release(): void {
    if (--this.#holders > 0) return;
    // A disposer that runs now still belongs to the event.
    this.#target.release();
    this.#realm.release?.();
  }
}

/** A callee that answers every call with the error that `fail` makes. */
export function brokenCallee(fail: () => unknown): Callee {
  return new PromisedCallee(() => Promise.reject(fail()));
}
