// What a stub knows, kept as a private member of the function that it is.

import type { Callee } from "./callee.ts";
import { brokenCallee } from "./ownership.ts";

/** Something that calls can be made through: a stub, a promise, or a property of one. */
export interface Client {
  /** The callee for one call; adds to `path` what leads from it to here. Throws when there is none any more. */
  callee(path: string[]): Callee;
}

/** A stub's hold on its callee. */
export class StubState implements Client, Disposable {
  // Null once it is disposed.
  #callee: Callee | null;

  constructor(callee: Callee) {
    this.#callee = callee;
  }

  callee(): Callee {
    if (this.#callee === null) throw disposed();
    return this.#callee;
  }

  /** The callee with one more holder. */
  share(): Callee {
    const callee = this.callee();
    callee.retain();
    return callee;
  }

  /** The callee to pass on in a message: of a disposed stub, one that fails. */
  pass(): Callee {
    return this.#callee ?? brokenCallee(disposed);
  }

  [Symbol.dispose](): void {
    const callee = this.#callee;
    this.#callee = null;
    callee?.release();
  }
}

function disposed(): Error {
  return new Error("RPC stub used after being disposed.");
}

// A constructor that returns an object makes it `this` for the private members of its subclass.
const Given = function (value: object): object {
  return value;
} as unknown as new (value: object) => object;

class Stamp extends Given {
  readonly #state: StubState;

  constructor(stub: object, state: StubState) {
    super(stub);
    this.#state = state;
  }

  static read(value: object): StubState | null {
    return #state in value ? value.#state : null;
  }
}

/** Makes `stub` a stub: an object with that state. */
export function stampStub(stub: object, state: StubState): void {
  new Stamp(stub, state);
}

/** The state of a stub; null for any other object. */
export function stubState(value: object): StubState | null {
  return Stamp.read(value);
}
