// The words for values that cannot be serialised: V8's and workerd's texts, found without running the value's code.

import { isProxy } from "node:util/types";

const objectToString = Object.prototype.toString;

const slotClasses = [
  "Array",
  "Function",
  "Error",
  "Boolean",
  "Number",
  "String",
  "Symbol",
  "Date",
  "RegExp",
];

/** The DOMException (code 25) that refuses a value. */
export function dataCloneError(message: string): DOMException {
  return new DOMException(message, "DataCloneError");
}

/** V8's refusal: `() => 1 could not be cloned.` */
export function notCloneable(value: unknown): DOMException {
  return dataCloneError(`${describe(value)} could not be cloned.`);
}

/** workerd's refusal of a class instance or of one of its own objects. */
export function notSerializable(value: object, name = constructorName(value)): DOMException {
  return dataCloneError(
    `Could not serialize object of type "${name}". This type does not support serialization.`,
  );
}

/**
 * The text V8 gives a value in its own messages, without side effects: source text of functions, `Symbol(s)`,
 * `#<Foo>` for objects that print like plain ones, else `[object Tag]`.
 */
export function describe(value: unknown): string {
  if (typeof value === "function") return Function.prototype.toString.call(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (dataProperty(value, "toString") === objectToString) {
    const constructor = dataProperty(value, "constructor");
    const name = typeof constructor === "function" ? dataProperty(constructor, "name") : "";
    if (typeof name === "string" && name !== "") return `#<${name}>`;
  }
  const tag = dataProperty(value, Symbol.toStringTag);
  return `[object ${typeof tag === "string" ? tag : slotName(value)}]`;
}

/** The class that V8 says an object was made by: the nearest prototype's own constructor that has a name. */
export function constructorName(value: object): string {
  let prototype: unknown = Object.getPrototypeOf(value);
  while (typeof prototype === "object" && prototype !== null) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
    if (typeof constructor === "function" && constructor.name !== "") return constructor.name;
    prototype = Object.getPrototypeOf(prototype);
  }
  return "Object";
}

/** The value of a data property of the object or its prototypes; undefined where a getter stands first. */
export function dataProperty(value: object, key: PropertyKey): unknown {
  let holder: unknown = value;
  while ((typeof holder === "object" && holder !== null) || typeof holder === "function") {
    const property = Object.getOwnPropertyDescriptor(holder, key);
    // The tags of built-in classes may be getters, and are safe to ask.
    if (property !== undefined) return "value" in property ? property.value : undefined;
    holder = Object.getPrototypeOf(holder);
  }
  return undefined;
}

// The class of the object's internal slots; a Proxy has none of its target's.
function slotName(value: object): string {
  if (isProxy(value)) return "Object";
  const name = objectToString.call(value).slice(8, -1);
  return slotClasses.includes(name) || ArrayBuffer.isView(value) ? name : "Object";
}
