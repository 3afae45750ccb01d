// The public types of `bunflare/fixtures`: data for tests that is the same in every run.

import type { Faker } from "@faker-js/faker";

/**
 * [faker](https://fakerjs.dev), in English, seeded from `[bunflare] seed` and the name of the test file.
 *
 * Each test file begins with the same values, and gets them in the order in which it asks. It is loaded at its first use;
 * its dates lie near 2025-01-01, because those near the time of the run would be others each time.
 *
 * @example
 * const body = JSON.stringify({ name: faker.person.fullName() });
 */
export const faker: Faker;

/** A value of a D1 row; blobs are `{ bytes: "00ff" }`, as in `stateOf()`. */
export type Value = null | number | string | { readonly bytes: string };

/** A row of a D1 database, with all of its columns. */
export type Row = { [column: string]: Value };

/**
 * What is given for a row; the rest is made. A row of another table stands for what the column refers to, as in
 * `{ user_id: ada }`.
 */
export type Given<Columns extends object = Record<string, unknown>> = {
  readonly [Column in keyof Columns]?:
    Columns[Column] | null | boolean | ArrayBuffer | ArrayBufferView | object | undefined;
};

/** A list. Not the type of one, which has a method `with` that would hide the parameters of ours. */
type List<Item> = ArrayLike<Item>;

/** How many rows of a table, or which. */
export type TablePlan<Columns extends object = Record<string, unknown>> =
  | number
  | List<Given<Columns>>
  | {
      readonly count: number;
      /** What each of them is given; a function gets its index, from 0. */
      readonly with?: Given<Columns> | ((index: number) => Given<Columns>);
    };

/** Rows by table. */
export interface DatabasePlan {
  readonly [table: string]: TablePlan;
}

/** An entry for a KV namespace: a value that is neither text nor bytes is stored as JSON. */
export interface EntryPlan {
  readonly key?: string;
  readonly value?: unknown;
  readonly metadata?: unknown;
  /** Seconds since the epoch. */
  readonly expiration?: number;
  /** Seconds from now. */
  readonly expirationTtl?: number;
}

/** A list of entries, or how many. */
export type NamespacePlan =
  | number
  | List<EntryPlan>
  | {
      readonly count: number;
      /** What each of them is given; a function gets its index, from 0. */
      readonly with?: EntryPlan | ((index: number) => EntryPlan);
    };

/** An entry of a KV namespace, as `stateOf()` shows it. */
export interface Entry {
  key: string;
  value: string | { readonly bytes: string };
  expiration?: number;
  metadata?: unknown;
}

/** A data point, as `stateOf()` shows it. */
export interface DataPoint {
  indexes: (string | null)[];
  blobs: (string | null)[];
  doubles: number[];
}

/**
 * Fills tables of a D1 database with rows that fit its schema, and gives them as they are then.
 *
 * The schema says what fits: types, NOT NULL, PRIMARY KEY and UNIQUE, CHECK, foreign keys (tables are filled in their
 * order, and a row that is needed is made), STRICT. Names say what is likely: `email`, `name`, `created_at`,
 * `price_cents`, `country`, `url`, `slug`, `phone`, … Generated columns are left out, and so are those with a DEFAULT.
 * What is given is taken as it is. All rows are inserted, or none.
 *
 * The rows depend on `[bunflare] seed`, the test file, the table and how many rows were seeded before; `reset()` begins
 * anew. So a test that resets sees the same rows in each run, whichever tests run before it.
 *
 * Throws a `BunflareError` that names table, column and constraint for what cannot be: code "seed_failed", or "usage"
 * for a table or column that is not there.
 *
 * @example
 * const { users, orders } = seed(env.DB, { users: 20, orders: 50 });
 * seed(env.DB, { users: [{ email: "ada@example.com" }, {}] });
 * seed(env.DB, { orders: { count: 20, with: { user_id: ada, status: "paid" } } });
 * seed<{ users: User }>(env.DB, { users: 3 }).users[0]?.email;
 */
export function seed<
  Plan extends DatabasePlan,
  // So that types of tables mean the next signature.
  _Inferred extends "",
>(database: D1Database, plan: Plan): { [Table in keyof Plan]: Row[] };
export function seed<Tables extends { [Table in keyof Tables]: object }>(
  database: D1Database,
  plan: { readonly [Table in keyof Tables]?: TablePlan<Tables[Table]> },
): { [Table in keyof Tables]: Tables[Table][] };

/**
 * Puts entries into a KV namespace, beside those that are there, and gives them as they are stored.
 *
 * A value that is neither text nor bytes is stored as JSON. Keys and values that are not given are made.
 *
 * @example
 * seed(env.CACHE, { greeting: "hello", "user:1": { name: "Ada" } });
 * seed(env.CACHE, [{ key: "session", value: "1", expirationTtl: 3600, metadata: { user: 1 } }]);
 * seed(env.CACHE, { count: 20, with: (index) => ({ key: `user:${index}`, value: { name: faker.person.fullName() } }) });
 */
export function seed(namespace: KVNamespace, plan: NamespacePlan): Entry[];
export function seed(namespace: KVNamespace, plan: { readonly [key: string]: unknown }): Entry[];

/**
 * Sets the state of any other binding that has one, in the form in which `stateOf()` shows it.
 *
 * @example
 * seed(env.API_KEY, "the value of a secret of Secrets Store");
 */
export function seed<State>(binding: object, state: State): State;

/** What the values of a fixture's row are made from. */
export interface BuildContext {
  /** Seeded for this row. */
  readonly faker: Faker;
  /** Counts the rows of the fixture's table, from 1; begins anew with `reset()`. */
  readonly sequence: number;
}

/** Makes what a fixture says about a row; a fixture in place of a value is created first. */
export type Build<Columns extends object> = (context: BuildContext) => {
  readonly [Column in keyof Columns]?: Columns[Column] | object | null | boolean;
};

/** How rows of one table are made. */
export interface Fixture<Columns extends object = Row> {
  /** Inserts a row, with those of other fixtures that it refers to, and gives it as it is then. */
  create(database: D1Database, given?: Given<Columns>): Columns;
  /** The same several times; a function gets the index of each row, from 0. */
  createMany(
    database: D1Database,
    count: number,
    given?: Given<Columns> | ((index: number) => Given<Columns>),
  ): Columns[];
  /** Only what the fixture says about a row and what is given: the body of a request, for example. Other fixtures are left out. */
  build(given?: Given<Columns>): Partial<Columns>;
  /** A fixture that says more, or something else. */
  extend(build: Build<Columns> | Given<Columns>): Fixture<Columns>;
}

/**
 * Defines how rows of a table are made.
 *
 * It says what matters; all else is made as `seed()` does. A fixture in place of a value is created with the row, and the
 * column refers to it.
 *
 * @example
 * const user = defineFixture<User>({
 *   table: "users",
 *   build: ({ faker, sequence }) => ({ name: faker.person.fullName(), email: `user${sequence}@example.com` }),
 * });
 * const order = defineFixture<Order>({ table: "orders", build: () => ({ user_id: user, status: "open" }) });
 *
 * const ada = user.create(env.DB, { name: "Ada" });
 * order.createMany(env.DB, 3, { user_id: ada });
 * order.create(env.DB); // with a user of its own
 */
export function defineFixture<Columns extends object = Row>(definition: {
  readonly table: string;
  readonly build?: Build<Columns>;
}): Fixture<Columns>;

/**
 * A request as it reaches a Worker: with `cf`, and the headers that Cloudflare adds.
 *
 * A path is one of `https://example.com`. The visitor is in Lisbon, unless `cf` says something else; with another `cf.country`
 * the properties of the place are left out. `json` is the body, and makes the method POST.
 *
 * @example
 * await worker.fetch(buildRequest("/prices", { cf: { country: "JP" } }));
 * await worker.fetch(buildRequest("/signup", { json: { email: "ada@example.com" } }));
 */
export function buildRequest(url?: string | URL, init?: RequestOptions): Request;

/** What `buildRequest()` takes beside the URL. */
export interface RequestOptions extends Omit<RequestInit, "cf"> {
  readonly cf?: { readonly [property: string]: unknown };
  readonly json?: unknown;
}

/**
 * A row that a table would take, without inserting it: generated columns and defaults are there too.
 *
 * @example
 * const body = JSON.stringify(buildRow(env.DB, "users", { name: "Ada" }));
 */
export function buildRow<Columns extends object = Row>(
  database: D1Database,
  table: string,
  given?: Given<Columns>,
): Columns;

/** An entry for a KV namespace; what is not given is made. */
export function buildKvEntry(given?: EntryPlan): Entry;

/**
 * A data point for Analytics Engine; what is not given is made.
 *
 * @example
 * env.VISITS.writeDataPoint(buildDataPoint({ blobs: ["/home"] }));
 */
export function buildDataPoint(given?: Partial<DataPoint>): DataPoint;
