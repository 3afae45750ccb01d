// Rate limits: `ratelimits` in the configuration, one set of counters for each namespace.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { defineBinding } from "../binding.ts";
import type { Definition, Use } from "../binding.ts";
import type { Clock } from "../clock/clock.ts";
import { list } from "../config/read.ts";
import type { WorkerConfig } from "../config/types.ts";
import {
  illegalConstructor,
  illegalInvocation,
  isObject,
  toNumber,
  toText,
} from "../platform/arguments.ts";

/** What one binding allows: `limit` hits of a key in `period` seconds. */
export interface RateLimitOptions {
  readonly limit: number;
  readonly period: number;
}

/** The hits of a key in a window that is open. */
export type RateLimitState = readonly {
  readonly key: string;
  readonly period: number;
  readonly count: number;
}[];

const PERIODS = [10, 60] as const;
const FIELDS = ["key", "limit", "period", "delta"];
const MAX_DELTA = 2 ** 32 - 1;

/** `rate_limits` has one row for each key and period that was hit; times are ms since the epoch. */
const tables = [
  `CREATE TABLE rate_limits (
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    period INTEGER NOT NULL,
    count INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (namespace, key, period)
  ) WITHOUT ROWID`,
];

function parse(config: WorkerConfig): readonly Definition<RateLimitOptions>[] {
  return list(config, "ratelimits").map((entry) => {
    const simple = entry.table("simple");
    if (simple === null)
      throw entry.error("simple", { what: "is missing", why: "it must be an object" });
    const options = { limit: simple.number("limit"), period: simple.oneOf("period", PERIODS) };
    return {
      worker: config.name,
      id: entry.string("namespace_id"),
      name: entry.string("name"),
      options,
    };
  });
}

/**
 * The counters of a namespace. A key's window begins with its first hit: Cloudflare does not say when its windows begin,
 * and so a test does not depend on the time of day.
 */
class Counters {
  readonly #namespace: string;
  readonly #clock: Clock;
  readonly #get: StatementSync;
  readonly #put: StatementSync;
  readonly #all: StatementSync;

  constructor(namespace: string, data: DatabaseSync, clock: Clock) {
    this.#namespace = namespace;
    this.#clock = clock;
    this.#get = data.prepare(
      "SELECT count, ends_at FROM rate_limits WHERE namespace = ? AND key = ? AND period = ?",
    );
    this.#put = data.prepare("INSERT OR REPLACE INTO rate_limits VALUES (?, ?, ?, ?, ?)");
    this.#all = data.prepare(
      "SELECT key, period, count FROM rate_limits WHERE namespace = ? AND ends_at > ? ORDER BY key, period",
    );
  }

  /** Counts a hit unless the key has reached its limit; tells whether it was counted. */
  hit(key: string, { limit, period }: RateLimitOptions, delta: number): boolean {
    const now = this.#clock.now();
    const row = this.#get.get(this.#namespace, key, period) as
      { count: number; ends_at: number } | undefined;
    const open = row !== undefined && row.ends_at > now ? row : null;
    const count = open?.count ?? 0;
    if (count >= limit) return false;
    this.set(key, period, count + delta, open?.ends_at ?? now + period * 1000);
    return true;
  }

  set(key: string, period: number, count: number, endsAt: number): void {
    this.#put.run(this.#namespace, key, period, count, endsAt);
  }

  state(): RateLimitState {
    const rows = this.#all.all(this.#namespace, this.#clock.now()) as unknown as RateLimitState;
    // The driver's rows have no prototype.
    return rows.map((row) => ({ ...row }));
  }

  seed(state: RateLimitState): void {
    const now = this.#clock.now();
    for (const { key, period, count } of state) this.set(key, period, count, now + period * 1000);
  }
}

/** What worker code gets. */
export class Ratelimit {
  readonly #use: Use<Counters>;
  readonly #options: RateLimitOptions;

  constructor(use: Use<Counters>, options: RateLimitOptions) {
    if (typeof use !== "function") throw illegalConstructor();
    this.#use = use;
    this.#options = options;
  }

  /** Whether the key is below its limit; if so, it is counted. */
  async limit(given: unknown): Promise<{ success: boolean }> {
    if (!isObject(this) || !(#use in this)) throw illegalInvocation();
    const { key, delta, ...options } = read(given, this.#options);
    return { success: this.#use().hit(key, options, delta) };
  }
}

interface Hit extends RateLimitOptions {
  readonly key: string;
  readonly delta: number;
}

function read(given: unknown, defaults: RateLimitOptions): Hit {
  if (typeof given !== "object" || given === null) throw new Error("invalid rate limit options");
  const unknown = Object.keys(given).filter((field) => !FIELDS.includes(field));
  if (unknown.length > 0) throw new Error(`bad rate limit options: [${unknown.join(",")}]`);
  const fields: Partial<Record<keyof Hit, unknown>> = given;
  const { key = "", limit = defaults.limit, period = defaults.period, delta = 1 } = fields;
  if (typeof key !== "string") throw new Error(`invalid key: ${toText(key)}`);
  if (typeof limit !== "number") throw new Error(`limit must be a number: ${toText(limit)}`);
  if (typeof period !== "number") throw new Error(`period must be a number: ${toText(period)}`);
  if (!PERIODS.some((known) => known === period)) throw new Error(`unsupported period: ${period}`);
  // The limit travels as JSON, in which what is not finite is null, and that counts as 0.
  return { key, limit: Number.isFinite(limit) ? limit : 0, period, delta: readDelta(delta) };
}

function readDelta(given: unknown): number {
  const delta = toNumber(given);
  const cannot = "The value cannot be converted because it is";
  if (!Number.isFinite(delta)) throw new TypeError(`${cannot} not an integer.`);
  if (delta < 0) throw new TypeError(`${cannot} negative and this API expects a positive number.`);
  if (delta > MAX_DELTA) {
    throw new TypeError(`Value out of range. Must be less than or equal to ${MAX_DELTA}.`);
  }
  const whole = Math.trunc(delta);
  if (whole === 0) throw new RangeError("delta must be non-zero");
  return whole;
}

export const rateLimit = defineBinding<RateLimitOptions, Counters, Ratelimit, RateLimitState>({
  kind: "ratelimit",
  keys: ["ratelimits"],
  tables,
  parse,
  open: ({ id, store, clock }) => new Counters(id, store.data, clock),
  expose: (use, { options }) => new Ratelimit(use, options),
  inspect: (counters) => counters.state(),
  isKeyed: true,
  seed: (counters, state) => counters.seed(state),
});
