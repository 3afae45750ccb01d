// The arguments of the storage's methods, converted in workerd's order and refused in its words.
// https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/

import { toInt32, toOptions, toText, wrongParameter } from "../../../platform/arguments.ts";
import { throughUtf8 } from "../../../platform/bytes.ts";
import type { Range } from "./entries.ts";

/** What errors call a method: `Failed to execute 'get' on 'DurableObjectStorage'`. */
export interface Method {
  readonly on: string;
  readonly name: string;
}

/** A key as it is stored. */
export function toKey(value: unknown): string {
  return throughUtf8(toText(value));
}

/** Reads options whose fields say nothing here (caching, and when a write is confirmed). */
export function checkOptions(
  value: unknown,
  { on, name }: Method,
  index: number,
  type: string,
): void {
  toOptions(value, () => wrongParameter(on, name, index, type));
}

/** Reads the options of a listing. */
export function toRange(value: unknown, { on, name }: Method): Range {
  const refuse = (): TypeError => wrongParameter(on, name, 1, "ListOptions");
  const options = toOptions<"start" | "startAfter" | "end" | "prefix" | "reverse" | "limit">(
    value,
    refuse,
  );
  if (options === undefined) return { reverse: false, limit: -1 };
  const text = (field: unknown): string | undefined =>
    field === undefined ? undefined : toKey(field);
  const start = text(options.start);
  const startAfter = text(options.startAfter);
  const end = text(options.end);
  const prefix = text(options.prefix);
  const reverse = Boolean(options.reverse);
  const limit = options.limit === undefined ? -1 : toInt32(options.limit);
  if (options.limit !== undefined && limit <= 0)
    throw new TypeError("List limit must be positive.");
  if (start !== undefined && startAfter !== undefined) {
    throw new TypeError("list() cannot be called with both start and startAfter values.");
  }
  return {
    ...(start !== undefined && { start }),
    ...(startAfter !== undefined && { startAfter }),
    ...(end !== undefined && { end }),
    ...(prefix !== undefined && { prefix }),
    reverse,
    limit,
  };
}

/** A time of an alarm, in whole ms since the epoch. */
export function toAlarmTime(args: readonly unknown[], { on, name }: Method): number {
  const [value] = args;
  const time = value instanceof Date ? value.getTime() : value;
  if (typeof time !== "number") throw wrongParameter(on, name, 1, "date");
  if (!Number.isFinite(time)) {
    throw new TypeError("The value cannot be converted because it is not a valid Date.");
  }
  return Math.trunc(time);
}
