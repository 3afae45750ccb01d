// The matchers that the preload adds to `expect`.

interface BunflareMatchers<Result> {
  /**
   * Whether a KV namespace holds a key, with a value when one is given.
   *
   * A text is compared with the stored text, anything else with what it says as JSON; asymmetric matchers may mean
   * either.
   *
   * @example
   * expect(env.CACHE).toHaveKey("greeting", "hello");
   * expect(env.CACHE).toHaveKey("session:1", { user: "ada", since: expect.any(Number) });
   * expect(env.CACHE).not.toHaveKey("session:2");
   */
  toHaveKey(key: string, value?: unknown): Result;

  /**
   * Whether a table of a D1 database holds a row with these values; other columns do not count. Without values: whether
   * it holds any row.
   *
   * @example
   * expect(env.DB).toHaveRow("users", { email: "ada@example.com", created_at: expect.any(String) });
   */
  toHaveRow(table: string, row?: object): Result;

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
