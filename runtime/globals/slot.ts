// A private slot on objects of foreign classes: a private field, installed from outside. It is several times
// cheaper than a WeakMap, invisible to reflection, and dies with its object.

/** A private field on any object. */
export interface Slot<T> {
  get(object: object): T | undefined;
  set(object: object, value: T): void;
  has(object: object): boolean;
  /** Empties the slot. */
  delete(object: object): void;
}

// A constructor may return another object; a derived class then installs its private fields on that one.
const Identity = function (object: object): object {
  return object;
} as unknown as new (object: object) => object;

/** Makes a new slot; slots of two calls are independent. */
export function slot<T>(): Slot<T> {
  class Holder extends Identity {
    #value: T | undefined;

    constructor(object: object, value: T) {
      super(object);
      this.#value = value;
    }

    static get(object: object): T | undefined {
      return #value in object ? (object as Holder).#value : undefined;
    }

    static set(object: object, value: T): void {
      if (#value in object) (object as Holder).#value = value;
      else new Holder(object, value);
    }

    static has(object: object): boolean {
      return #value in object && (object as Holder).#value !== undefined;
    }

    static delete(object: object): void {
      if (#value in object) (object as Holder).#value = undefined;
    }
  }
  return Holder;
}
