// How workerd turns JavaScript arguments into the types of its C++ methods, with its own words where it refuses one.
// Every binding that is C++ in workerd converts through these. They convert from left to right, as workerd does:
// a conversion can run user code (`toString`, getters), and the first failure is the one that shows.
// https://github.com/cloudflare/workerd/blob/main/src/workerd/jsg/README.md

const MIN_INT32 = -(2 ** 31);
const MAX_INT32 = 2 ** 31 - 1;

/** The error of a method that was called on something else than an object of its class, such as a detached one. */
export function illegalInvocation(): TypeError {
  return new TypeError(
    "Illegal invocation: function called with incorrect `this` reference. " +
      "See https://developers.cloudflare.com/workers/observability/errors/#illegal-invocation-errors for details.",
  );
}

/** The error for `new` on a class that only the platform makes objects of. */
export function illegalConstructor(): TypeError {
  return new TypeError("Illegal constructor");
}

/** The error of an argument, counted from 1, that is missing or cannot be converted. */
export function wrongParameter(on: string, method: string, index: number, type: string): TypeError {
  return new TypeError(
    `Failed to execute '${method}' on '${on}': parameter ${index} is not of type '${type}'.`,
  );
}

/** The error of a field in an object of options that cannot be converted. */
export function wrongField(field: string, options: string, type: string): TypeError {
  return new TypeError(
    `Incorrect type for the '${field}' field on '${options}': the provided value is not of type '${type}'.`,
  );
}

/** Whether JavaScript's `typeof` calls it an object or a function. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Text, as `String()` would make it, except that a symbol is refused. */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "symbol") throw new TypeError("Cannot convert a Symbol value to a string");
  return String(value);
}

/** A number, as `Number()` would make it, except that a bigint is refused too. */
export function toNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "symbol") throw new TypeError("Cannot convert a Symbol value to a number");
  if (typeof value === "bigint") throw new TypeError("Cannot convert a BigInt value to a number");
  return Number(value);
}

/** A 32-bit integer: fractions are cut off, and what is no finite number is 0. */
export function toInt32(value: unknown): number {
  const number = toNumber(value);
  if (!Number.isFinite(number)) return 0;
  const integer = Math.trunc(number) + 0;
  if (integer >= MIN_INT32 && integer <= MAX_INT32) return integer;
  throw new TypeError(
    `Value out of range. Must be between ${MIN_INT32} and ${MAX_INT32} (inclusive).`,
  );
}

/**
 * An object of options, to read fields from: undefined for undefined and null. Throws `refuse()` for a primitive.
 * Arrays and functions are objects too, mostly without any field that is asked for.
 */
export function toOptions<Fields extends string>(
  value: unknown,
  refuse: () => TypeError,
): { readonly [Field in Fields]?: unknown } | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw refuse();
  return value as { readonly [Field in Fields]?: unknown };
}
