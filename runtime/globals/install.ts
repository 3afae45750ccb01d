// How a patch changes an object and how it takes the change back.

import type { Undo } from "../undo.ts";

/** Replaces a property (a data property unless `descriptor` says otherwise) and returns the undo. */
export function replace(object: object, key: PropertyKey, descriptor: PropertyDescriptor): Undo {
  const before = Object.getOwnPropertyDescriptor(object, key);
  Object.defineProperty(object, key, { configurable: true, ...descriptor });
  return () => {
    if (before === undefined) Reflect.deleteProperty(object, key);
    else Object.defineProperty(object, key, before);
  };
}

/**
 * Gives an object methods and returns the undo. They are assigned, because that keeps the attributes of what was there,
 * works on Bun's many unconfigurable members, and costs a fraction of a definition.
 */
export function replaceMethods(object: object, methods: Record<PropertyKey, unknown>): Undo {
  const target = object as Record<PropertyKey, unknown>;
  const before: [key: PropertyKey, value: unknown][] = [];
  for (const key of Reflect.ownKeys(methods)) {
    const method = methods[key as string];
    if (typeof method === "function" && method.name === "") {
      Object.defineProperty(method, "name", { value: key, configurable: true });
    }
    before.push([key, Object.hasOwn(target, key) ? target[key] : before]);
    target[key] = method;
  }
  return () => {
    for (const [key, value] of before) {
      if (value === before) Reflect.deleteProperty(target, key);
      else target[key] = value;
    }
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
