// Names of classes as the runtime shows them, without touching the object's own (perhaps remote) properties.

/** The name of the constructor on the prototype; "" for objects without one. Reads nothing of the object itself. */
export function className(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || typeof prototype !== "object") {
    return typeof prototype === "function" ? "Function" : "";
  }
  const maker: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  if (typeof maker === "function") return maker.name;
  return className(prototype);
}

/** The word of `Object.prototype.toString`: "Array" of "[object Array]". */
export function tag(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
