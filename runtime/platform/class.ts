// The outward form of a class that is C++ in workerd: what `Object.prototype.toString`, `for … in` and spies see.

/** Gives a class workerd's form: methods that are enumerable, and its name as `Symbol.toStringTag`. */
export function platformClass<Class extends abstract new (...args: never[]) => object>(
  constructor: Class,
  name: string = constructor.name,
): Class {
  const prototype = constructor.prototype as object;
  for (const [member, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (member === "constructor") continue;
    Object.defineProperty(prototype, member, { ...property, enumerable: true });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
  return constructor;
}
