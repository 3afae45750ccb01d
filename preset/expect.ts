// `expect(value).resolves` and `.rejects` for what can be awaited and is no promise of the language, which is all that the
// runner takes there: promises of RPC, and lazy ones such as queries of drizzle.

type Expect = (...args: unknown[]) => object;

/** An `expect` that takes them too; everything else is the runner's own. */
export function wrapExpect<T extends object>(real: T): T {
  const call = real as unknown as Expect;
  const wrapped = function expect(...args: unknown[]): object {
    const expectation = call(...args);
    const [value, ...rest] = args;
    if (typeof value !== "function" && (typeof value !== "object" || value === null)) {
      return expectation;
    }
    if (!isOtherPromise(value)) return expectation;
    for (const name of ["resolves", "rejects"] as const) {
      Object.defineProperty(expectation, name, {
        // Asked for its value only then: awaiting a lazy one starts it.
        get: () => Reflect.get(call(Promise.resolve(value), ...rest), name) as unknown,
      });
    }
    return expectation;
  };
  // Its statics stay the runner's, also those that `expect.extend()` adds later; its getters insist on their receiver.
  for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(real))) {
    if (get !== undefined) Object.defineProperty(wrapped, name, { get: () => get.call(real) });
  }
  return Object.setPrototypeOf(wrapped, real) as T;
}

const RPC = ["[object JsRpcPromise]", "[object JsRpcProperty]"];

function isOtherPromise(value: object): value is PromiseLike<unknown> {
  // A stub has every member that it is asked for, so a function is asked for its kind.
  if (typeof value === "function") return RPC.includes(Object.prototype.toString.call(value));
  return !(value instanceof Promise) && typeof (value as { then?: unknown }).then === "function";
}
