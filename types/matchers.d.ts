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
   * Whether a KV namespace holds exactly these keys, in any order; with a prefix only those that begin so are looked at.
   *
   * Keys may be asymmetric. `expect.arrayContaining()` allows others too.
   *
   * @example
   * expect(env.CACHE).toHaveKeys(["greeting", expect.stringMatching(/^session:/)]);
   * expect(env.CACHE).toHaveKeys(["user:1", "user:2"], { prefix: "user:" });
   * expect(env.CACHE).toHaveKeys(expect.arrayContaining(["greeting"]));
   */
  toHaveKeys(
    keys: readonly unknown[] | import("bun:test").AsymmetricMatcher,
    options?: { readonly prefix?: string },
  ): Result;

  /**
   * Whether a table of a D1 database holds a row with these values; other columns do not count. Without values: whether
   * it holds any row.
   *
   * @example
   * expect(env.DB).toHaveRow("users", { email: "ada@example.com", created_at: expect.any(String) });
   */
  toHaveRow(table: string, row?: object): Result;

  /**
   * Whether a table of a D1 database holds so many rows, or so many with these values.
   *
   * @example
   * expect(env.DB).toHaveRowCount("users", 2);
   * expect(env.DB).toHaveRowCount("users", 1, { role: "admin" });
   */
  toHaveRowCount(
    table: string,
    count: number | import("bun:test").AsymmetricMatcher,
    row?: object,
  ): Result;

  /**
   * Whether a data point was written to an Analytics Engine dataset, with these fields when some are given. A field is
   * compared as a whole; those that are not named do not count.
   *
   * @example
   * expect(env.VISITS).toHaveWrittenDataPoint({ indexes: ["/home"], doubles: [expect.any(Number)] });
   */
  toHaveWrittenDataPoint(point?: {
    readonly indexes?: unknown;
    readonly blobs?: unknown;
    readonly doubles?: unknown;
  }): Result;

  /**
   * Whether the state of a binding, or of all bindings of an env, has what is expected.
   *
   * Members that are not named do not count: tables, columns, bindings. A list has as many items as are expected, in their
   * order. A KV namespace is given as values by key, or as its list of entries. Values may be asymmetric. The state is that
   * of `stateOf()`, with real UUIDs and times in place of placeholders.
   *
   * @example
   * expect(env).toMatchState({
   *   DB: { users: [{ email: "ada@example.com", id: expect.any(Number) }] },
   *   CACHE: { "session:1": { user: 1 } },
   * });
   */
  toMatchState(state: object): Result;

  /**
   * Whether a Response has a status.
   *
   * @example
   * expect(response).toHaveStatus(201);
   */
  toHaveStatus(status: number | import("bun:test").AsymmetricMatcher): Result;

  /**
   * Whether a Request, a Response or Headers have a header, with a value when one is given. Of several cookies that are set
   * one must fit.
   *
   * @example
   * expect(response).toHaveHeader("content-type", expect.stringContaining("json"));
   * expect(response).not.toHaveHeader("set-cookie");
   */
  toHaveHeader(name: string, value?: string | import("bun:test").AsymmetricMatcher): Result;
}

declare module "bun:test" {
  interface Matchers<T> extends BunflareMatchers<void> {}
  interface AsymmetricMatchers extends BunflareMatchers<AsymmetricMatcher> {}
}

export {};
