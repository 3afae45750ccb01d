// The matchers that the preload adds to `expect`.

interface BunflareMatchers<Result> {
  /**
   * Whether a KV namespace holds a key, with a value when one is given.
   *
   * The value is the text that is stored; asymmetric matchers such as `expect.stringContaining()` are allowed.
   *
   * @example
   * expect(env.CACHE).toHaveKey("session:1", expect.stringContaining("ada"));
   * expect(env.CACHE).not.toHaveKey("session:2");
   */
  toHaveKey(key: string, value?: unknown): Result;

  /**
   * Whether a table of a D1 database holds a row with these columns; other columns do not count.
   *
   * @example
   * expect(env.DB).toHaveRow("users", { email: "ada@example.com", created_at: expect.any(String) });
   */
  toHaveRow(table: string, row: object): Result;

  /**
   * Whether a Response has a status.
   *
   * @example
   * expect(response).toHaveStatus(201);
   */
  toHaveStatus(status: number | import("bun:test").AsymmetricMatcher): Result;
}

declare module "bun:test" {
  interface Matchers<T> extends BunflareMatchers<void> {}
  interface AsymmetricMatchers extends BunflareMatchers<AsymmetricMatcher> {}
}

export {};
