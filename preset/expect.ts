// `expect(stub.method()).resolves` and `.rejects`: the runner takes only promises of the language there, and the promises
// of RPC are none.

type Expect = (...args: unknown[]) => unknown;

const RPC = ["[object JsRpcPromise]", "[object JsRpcProperty]"];

/** An `expect` that knows the promises of RPC; everything else is the runner's own. */
export function wrapExpect<T extends object>(real: T): T {
  return new Proxy(real, {
    apply(target, self, args: unknown[]) {
      const [value, ...rest] = args;
      const expectation: unknown = Reflect.apply(target as unknown as Expect, self, args);
      if (typeof value !== "function" || !RPC.includes(Object.prototype.toString.call(value))) {
        return expectation;
      }
      const settled = (): object => {
        const promise = Promise.resolve(value as unknown as PromiseLike<unknown>);
        return Reflect.apply(target as unknown as Expect, self, [promise, ...rest]) as object;
      };
      return Object.create(expectation as object, {
        resolves: { get: () => Reflect.get(settled(), "resolves") as unknown },
        rejects: { get: () => Reflect.get(settled(), "rejects") as unknown },
      }) as unknown;
    },
  });
}
