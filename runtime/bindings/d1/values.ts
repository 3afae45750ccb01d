// Values on their way from `bind()` to the database: checked by the client, then sent as JSON.
// https://developers.cloudflare.com/d1/worker-api/#type-conversion

import { wellFormed } from "../../sql/values.ts";
import type { ReadRules, SqlValue } from "../../sql/values.ts";

/** Results travel as JSON: blobs are lists of numbers, and infinities are lost. */
export const READ_RULES: ReadRules = { blob: (bytes) => Array.from(bytes), infinity: () => null };

/** The service's words for a request that it cannot read; the real ones go on with its stack. */
export const UNREADABLE_REQUEST = "Failed to parse body as JSON, got: ZodError";

/** What the client makes of a value given to `bind()`; throws D1_TYPE_ERROR. */
export function toParam(value: unknown): unknown {
  switch (typeof value) {
    case "number":
    case "string":
      return value;
    case "boolean":
      return value ? 1 : 0;
    case "object":
      if (value === null) return null;
      if (Array.isArray(value) && value.every(isByte)) return value;
      if (value instanceof ArrayBuffer) return Array.from(new Uint8Array(value));
      // The elements, not the bytes; a DataView has none.
      if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>);
  }
  const message = `Type '${typeof value}' not supported for value '${display(value)}'`;
  throw new Error(`D1_TYPE_ERROR: ${message}`, { cause: new Error(message) });
}

/** What the service binds for the parameters that the client sent: the same list where nothing need be changed. */
export function toSqlValues(params: readonly unknown[]): readonly SqlValue[] {
  for (const param of params) {
    const isPlain =
      typeof param === "number"
        ? // Neither NaN, nor infinite, nor -0.
          param - param === 0 && (param !== 0 || 1 / param > 0)
        : param === null || (typeof param === "string" && param.isWellFormed());
    if (!isPlain) return params.map(toSqlValue);
  }
  return params as readonly SqlValue[];
}

function toSqlValue(param: unknown): SqlValue {
  switch (typeof param) {
    case "string":
      return wellFormed(param);
    case "number":
      // JSON has no NaN, no infinities and no -0.
      return Number.isFinite(param) ? param + 0 : null;
    case "object":
      if (param === null) return null;
      if (Array.isArray(param)) return toBytes(param);
  }
  throw new Error(UNREADABLE_REQUEST);
}

function toBytes(numbers: readonly unknown[]): Uint8Array {
  return Uint8Array.from(Array.from(numbers), (number) => {
    if (typeof number === "bigint") throw new TypeError("Do not know how to serialize a BigInt");
    if (typeof number !== "number" || !Number.isFinite(number)) throw new Error(UNREADABLE_REQUEST);
    return number;
  });
}

function isByte(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value < 256;
}

/** A value in a message; what cannot be shown fails in V8's words. */
function display(value: unknown): string {
  if (typeof value === "symbol") throw new TypeError("Cannot convert a Symbol value to a string");
  try {
    return String(value);
  } catch (error) {
    if (error instanceof TypeError && isBare(value)) {
      throw new TypeError("Cannot convert object to primitive value");
    }
    throw error;
  }
}

function isBare(value: unknown): boolean {
  return typeof value === "object" && value !== null && !("toString" in value);
}
