// Stored values as plain data: JSON where they are, and small tagged objects for the rest, such as `{ date: "1970-…" }`.

import type { Plain } from "../../binding.ts";

/** What a stored value looks like in a snapshot. */
export function toPlain(value: unknown, above: readonly object[] = []): Plain {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value + 0 : { number: String(value) };
    case "bigint":
      return isSafe(value) ? Number(value) : { bigint: String(value) };
    case "object":
      return value === null ? null : objectOf(value, above);
    default:
      return { [typeof value]: String(value) };
  }
}

function isSafe(value: bigint): boolean {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
}

function objectOf(value: object, above: readonly object[]): Plain {
  if (above.includes(value)) return { cycle: above.length - above.indexOf(value) };
  const inside = [...above, value];
  const plain = (each: unknown): Plain => toPlain(each, inside);
  if (Array.isArray(value)) return Array.from(value, plain);
  if (value instanceof Date) {
    return { date: Number.isNaN(value.getTime()) ? "invalid" : value.toISOString() };
  }
  if (value instanceof Map) return { map: Array.from(value, ([k, v]) => [plain(k), plain(v)]) };
  if (value instanceof Set) return { set: Array.from(value, plain) };
  if (value instanceof Error) return { error: `${value.name}: ${value.message}` };
  if (value instanceof RegExp) return { regexp: String(value) };
  if (value instanceof ArrayBuffer) return { bytes: new Uint8Array(value).toHex() };
  if (ArrayBuffer.isView(value)) {
    return { bytes: new Uint8Array(value.buffer, value.byteOffset, value.byteLength).toHex() };
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
