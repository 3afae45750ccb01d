// How a patch changes an object and how it takes the change back. A global that costs something to build
// is an accessor until it is first read, because the patches run before every test file.

import type { Undo } from "../undo.ts";
import type { Scope } from "./types.ts";

/** Replaces a property (a data property unless `descriptor` says otherwise) and returns the undo. */
export function replace(object: object, key: PropertyKey, descriptor: PropertyDescriptor): Undo {
  const before = Object.getOwnPropertyDescriptor(object, key);
  if (before?.configurable === false) {
    // Many of Bun's own members can only be assigned to.
    Reflect.set(object, key, descriptor.value);
    return () => void Reflect.set(object, key, before.value);
  }
  Object.defineProperty(object, key, { configurable: true, ...descriptor });
  return () => {
    if (before === undefined) Reflect.deleteProperty(object, key);
    else Object.defineProperty(object, key, before);
  };
}

/** Gives an object methods of the shape that the platform's have, and returns the undo. */
export function replaceMethods(object: object, methods: Record<PropertyKey, unknown>): Undo {
  const undos = Reflect.ownKeys(methods).map((key) => {
    const value = methods[key as string];
    const enumerable = typeof key === "string";
    // Methods of the platform have their names, and declare no parameters.
    if (enumerable) {
      Object.defineProperties(value, { name: { value: key }, length: { value: 0 } });
    }
    return replace(object, key, { value, writable: true, enumerable });
  });
  return () => undos.reverse().forEach((undo) => undo());
}

/** How a lazily built global is made and taken back. */
export interface LazyGlobal {
  /** Called at the first read. */
  build(): unknown;
  /** What stood there before; absent when the platform has nothing of that name. */
  native?: () => unknown;
  enumerable?: boolean;
}

/** Defines a global that is built when it is first read, and then becomes a plain data property. */
export function lazyGlobal(target: Scope, name: string, lazy: LazyGlobal): Undo {
  const enumerable = lazy.enumerable ?? false;
  const settle = (value: unknown): void => {
    Object.defineProperty(target, name, { value, writable: true, enumerable, configurable: true });
  };
  Object.defineProperty(target, name, {
    get() {
      const value = lazy.build();
      settle(value);
      return value;
    },
    set: settle,
    enumerable,
    configurable: true,
  });
  return () => {
    if (lazy.native === undefined) Reflect.deleteProperty(target, name);
    else settle(lazy.native());
  };
}

/** Runs its function at the first call only. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Collects undos and runs them in reverse order; failures are gathered in one AggregateError. */
export class UndoStack {
  readonly #undos: Undo[] = [];

  add(undo: Undo): void {
    this.#undos.push(undo);
  }

  /** Undoes everything, the last change first. */
  undo(): void {
    const failures: unknown[] = [];
    for (let undo = this.#undos.pop(); undo !== undefined; undo = this.#undos.pop()) {
      try {
        undo();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) {
      throw new AggregateError(failures, "[bunflare] some globals could not be put back");
    }
  }
}
