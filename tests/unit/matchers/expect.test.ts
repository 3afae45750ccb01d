// The runner's `expect` as the preload hands it on.

import { expect, test } from "bun:test";

/** As a promise of RPC: a function that can be awaited. */
function rpcPromise(settle: () => Promise<unknown>): Promise<unknown> {
  const callable = (): void => undefined;
  return Object.assign(callable, {
    [Symbol.toStringTag]: "JsRpcPromise",
    then(resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
      void settle().then(resolve, reject);
    },
  }) as unknown as Promise<unknown>;
}

/** As a query of an ORM: it runs when it is awaited. */
class Lazy {
  runs = 0;

  // The handlers are what `await` gives.
  then(resolve: (value: string) => void): void {
    this.runs++;
    resolve("rows");
  }
}

test("resolves and rejects take promises of RPC", async () => {
  await expect(rpcPromise(async () => 3)).resolves.toBe(3);
  await expect(rpcPromise(async () => 3)).resolves.not.toBe(4);
  const failing = rpcPromise(async () => {
    throw new TypeError("no");
  });
  await expect(failing).rejects.toThrow("no");
});

test("resolves takes what can be awaited, once", async () => {
  const lazy = new Lazy();
  const expectation = expect(lazy as unknown as Promise<string>);
  expect(lazy.runs).toBe(0);
  await expectation.resolves.toBe("rows");
  expect(lazy.runs).toBe(1);
});

test("other matchers see the value itself", () => {
  const promise = rpcPromise(async () => 3);
  expect(promise).toBe(promise);
  expect(promise).toBeFunction();
});

test("a value that is no promise is none", () => {
  expect(() => (expect(5) as unknown as { resolves: unknown }).resolves).not.toThrow();
  expect(() => expect(5).resolves.toBe(5)).toThrow("Expected promise");
});

test("its static members are the runner's", () => {
  expect({ a: "xay", b: [1, 2], c: { d: 1, e: 2 } }).toEqual({
    a: expect.not.stringContaining("b"),
    b: expect.arrayContaining([2]),
    c: expect.objectContaining({ d: expect.any(Number) }),
  });
  expect(Promise.resolve(1)).toEqual(expect.resolvesTo.any(Number));
  expect.extend({
    toBeSeven: (value) => ({ pass: value === 7, message: () => "not seven" }),
  });
  const extended = expect as unknown as { toBeSeven(): unknown } & ((value: number) => {
    toBeSeven(): void;
  });
  extended(7).toBeSeven();
  expect([7]).toEqual([extended.toBeSeven() as number]);
  expect.assertions(4);
});
