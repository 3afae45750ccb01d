// The public types of `bunflare`. They use the platform's global names (Request, ExecutionContext, …), so that they fit
// both @cloudflare/workers-types and the runtime types that `wrangler types` prints.

/// <reference path="./matchers.d.ts" />

declare global {
  namespace Cloudflare {
    /** The env of the Worker; `wrangler types` adds the members. */
    interface Env {}
  }
}

/**
 * The env of the Worker under test: the very object that its handlers get.
 *
 * Its type is the one that `wrangler types` generates; give another as `getEnv<Env>()`. It is a plain, mutable object:
 * a test may replace members. Throws a `ConfigError` that names file, line and key when the Worker's configuration is
 * missing or wrong.
 *
 * @example
 * const env = getEnv();
 * await env.CACHE.put("greeting", "hello");
 */
export function getEnv<E = Cloudflare.Env>(): E;

/** Sends events to the Worker under test. */
export const worker: WorkerUnderTest;

/** The Worker under test, seen from outside. */
export interface WorkerUnderTest {
  /**
   * Sends a request to the Worker's default entrypoint and gives its response.
   *
   * A relative URL is an error, as it is in a Worker. Redirects are followed to the same Worker, up to 20; say
   * `redirect: "manual"` to see them. Rejects with what the handler threw. An error in `ctx.waitUntil()` fails the
   * test that sent the request, after its last line.
   *
   * @example
   * const response = await worker.fetch("https://app.test/signup", { method: "POST", body });
   * expect(response).toHaveStatus(201);
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
}

/**
 * Makes the `ctx` of a handler, for tests that call a handler or a function themselves.
 *
 * What is given to its `waitUntil()` belongs to the calling test.
 *
 * @example
 * const ctx = createExecutionContext();
 * const response = await handler.fetch(new Request("https://app.test/"), getEnv(), ctx);
 * await waitOnExecutionContext(ctx);
 */
export function createExecutionContext(): ExecutionContext;

/**
 * Waits for everything that was given to the `waitUntil()` of a context, also what that adds itself.
 *
 * Rejects with the error of the promise that rejected, or with an `AggregateError` when several did. Throws for a
 * context that `createExecutionContext()` did not make.
 */
export function waitOnExecutionContext(context: ExecutionContext): Promise<void>;

/**
 * Replaces members of `env`: for the rest of the test, or of the file where it is called outside of tests.
 *
 * In `beforeEach` it holds for each test. Code that captured `env` before sees the new values too; other values come back by
 * themselves. The values are fakes of any shape. Throws for a name that `env` does not have.
 *
 * @example
 * override({ AI: { run: async () => ({ response: "Hello" }) } });
 */
export function override<E = Cloudflare.Env>(members: { [Name in keyof E]?: unknown }): void;

/**
 * Deletes the data of all bindings, as at the start of the file.
 *
 * The migrations of databases are applied again, at the next use. Bindings that were taken from `env` before stay
 * valid; variables and the memory of the Worker's modules stay as they are.
 *
 * @example
 * beforeEach(() => reset());
 */
export function reset(): void;

/**
 * The state of a binding, or of all bindings of an env, as plain data for snapshots and comparisons.
 *
 * It is the same in every run: UUIDs are placeholders that keep identity, such as `<uuid 1>`, and times of the run are
 * `<time>`. Rows are in the order in which they were inserted, keys in that of the alphabet. `query` narrows it: keys of KV
 * with a prefix, tables and rows of D1, one Durable Object, or some bindings of an env. Throws for anything that is no env
 * and no binding.
 *
 * @example
 * expect(stateOf(env)).toMatchSnapshot();
 * expect(stateOf(env.CACHE, { prefix: "user:" })).toEqual([{ key: "user:1", value: "Ada" }]);
 * expect(stateOf(env.DB, { table: "users", where: { role: "admin" } }).users).toHaveLength(1);
 * expect(stateOf(env, { CACHE: true, DB: { table: "users" } })).toMatchSnapshot();
 */
export function stateOf<Target extends object>(
  target: Target,
  query?: QueryOf<Target>,
): StateOf<Target>;

/** What `stateOf()` gives for a target, as far as its type says what that is. */
export type StateOf<Target> = unknown extends Target
  ? any
  : Target extends KvLike
    ? readonly KvEntry[]
    : Target extends D1Like
      ? D1State
      : Target extends AnalyticsLike
        ? readonly DataPoint[]
        : State;

/** What narrows the state of a target. */
export type QueryOf<Target> = unknown extends Target
  ? any
  : Target extends KvLike
    ? KvQuery
    : Target extends D1Like
      ? D1Query
      : Target extends ObjectsLike
        ? ObjectQuery
        : { readonly [Name in keyof Target]?: true | QueryOf<Target[Name]> };

// By their shapes: so they need no types of Workers, and fit those of every version.
type KvLike = { getWithMetadata(...args: never[]): unknown };
type D1Like = { prepare(query: string): unknown; withSession(...args: never[]): unknown };
type AnalyticsLike = { writeDataPoint(...args: never[]): unknown };
type ObjectsLike = { idFromName(name: string): unknown };

/** An entry of a KV namespace. */
export interface KvEntry {
  readonly key: string;
  /** Bytes that are no text are shown as `{ bytes: "00ff" }`. */
  readonly value: string | { readonly bytes: string };
  /** Shown as `<time>`. */
  readonly expiration?: State;
  readonly metadata?: State;
}

/** One key, or the keys with a prefix. */
export interface KvQuery {
  readonly key?: string;
  readonly prefix?: string;
}

/** Rows by table; blobs are `{ bytes: "00ff" }`. */
export interface D1State {
  readonly [table: string]: readonly {
    readonly [column: string]: null | number | string | { readonly bytes: string };
  }[];
}

/** One table, and the rows whose columns have these values. */
export interface D1Query {
  readonly table?: string;
  readonly where?: {
    readonly [column: string]: null | number | string | boolean | { readonly bytes: string };
  };
}

/** A data point of Analytics Engine. */
export interface DataPoint {
  readonly indexes: readonly State[];
  readonly blobs: readonly State[];
  readonly doubles: readonly (number | null)[];
}

/** One Durable Object, by its name or id. */
export interface ObjectQuery {
  readonly name?: string;
  readonly id?: string;
}

/**
 * Moves time forward, and runs what becomes due on the way, in time order.
 *
 * `by` is a length of time, as `"3 days"`, `"90 minutes"` or a number of milliseconds (units: ms, second, minute, hour, day,
 * week, month of 30 days, year of 365.25 days), or the `Date` at which it ends. `Date`, timers of the Worker, the expiry of
 * keys and SQL's time functions follow; timers of the test do not. While an event waits for the network or cryptography,
 * time stands still. Resolves when everything has run and has ended or waits for time itself; what events throw fails the
 * test. Afterwards time flows on, unless it was stopped before; `reset()` leaves it where it is, and the next test file
 * starts at real time.
 *
 * Rejects in worker code, for a time in the past, when an event waits too long (3 s) for something that is not on the
 * clock, and after 10 000 events. Calls run one after another.
 *
 * @example
 * await env.CACHE.put("session", "1", { expirationTtl: 3600 });
 * await advanceTime("1 hour");
 * expect(env.CACHE).not.toHaveKey("session");
 */
export function advanceTime(by: string | number | Date): Promise<void>;

/** How one run of a Durable Object's alarm ended. */
export interface AlarmRun {
  /** The name of the class. */
  readonly namespace: string;
  /** 64 hex digits. */
  readonly id: string;
  /** Null for an object that was made without a name. */
  readonly name: string | null;
  /** The time that was set, in ms since the epoch. */
  readonly scheduledTime: number;
  readonly outcome: "ok" | "exception";
  /** What the handler threw; only with the outcome "exception". */
  readonly error?: unknown;
}

/** What sets, copies and removes the secrets of a Secrets Store; ids are what `create` and `list` give. */
export interface SecretsStoreAdmin extends Disposable {
  /** Sets the value of the binding's secret; gives its id. */
  create(value: string): Promise<string>;
  /** Sets the value of the secret with this id; gives the id. Rejects with "Secret not found". */
  update(value: string, id: string): Promise<string>;
  /** Copies the secret with this id to another name; gives the copy's id. Rejects with "Secret not found". */
  duplicate(id: string, newName: string): Promise<string>;
  /** Removes the secret with this id. Rejects with "Secret not found". */
  delete(id: string): Promise<void>;
  /** The store's secrets, sorted by name. */
  list(): Promise<{ name: string; metadata: { uuid: string } | undefined }[]>;
  /** The name of the secret with this id. Rejects with "Secret not found". */
  get(id: string): Promise<string>;
}

/**
 * The admin interface of the Secrets Store behind a binding of `secrets_store_secrets`, as `cloudflare:test` has it.
 *
 * Throws `BunflareError` "usage" for anything else.
 *
 * @example
 * await adminSecretsStore(getEnv().API_KEY).create("secret");
 */
export function adminSecretsStore(binding: object): SecretsStoreAdmin;

/**
 * Runs alarms of Durable Objects, in time order, and tells how each ended; what a handler throws is told too, and does not
 * fail the test.
 *
 * Without an argument every alarm that is pending now runs at once, whenever it is due, and time stays where it is. With a
 * length of time or a Date, time moves on as by `advanceTime`, and every alarm up to there runs, also those that
 * handlers set on the way and those that run again after a failure.
 *
 * @example
 * await advanceAlarms();
 * const [run] = await advanceAlarms("1 hour");
 */
export function advanceAlarms(by?: string | number | Date): Promise<AlarmRun[]>;

/**
 * Stops time where it is, or at `at`: a `Date`, an ISO text, or milliseconds since the epoch.
 *
 * `Date` and `performance.now()` stand still then, and timers of the Worker wait. `advanceTime()` still moves time, and
 * `resumeTime()` lets it flow again.
 */
export function freezeTime(at?: string | number | Date): void;

/**
 * Stops time at `to`, which may lie in the past: a `Date`, an ISO text, or milliseconds since the epoch.
 *
 * Unlike with `advanceTime()`, no time passes on the way: what becomes due by it runs afterwards, in the next turns, and
 * sees the new time.
 */
export function setTime(to: string | number | Date): void;

/** Lets time flow again, from where it stands. */
export function resumeTime(): void;

/** Plain data, sorted. */
export type State =
  null | boolean | number | string | readonly State[] | { readonly [key: string]: State };

export {};
