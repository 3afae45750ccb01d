// Replaces what changes from run to run (durations, ids, times) by a placeholder that keeps its type.

import type { Described } from "./transcript.ts";

/** Masks a dotted path such as "meta.duration", "keys.*.expiration" or "headers.date"; "" is the whole value. */
export function mask(value: Described, path: string): Described {
  return maskAt(value, path === "" ? [] : path.split("."));
}

function maskAt(value: Described, path: readonly string[]): Described {
  const [segment, ...rest] = path;
  if (isMasked(value)) return value;
  if (segment === undefined) return { $: "volatile", type: typeName(value) };
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    return value.map((item, i) => (matches(segment, String(i)) ? maskAt(item, rest) : item));
  }
  // Fields of an instance are under `own`, entries of a Map under `entries`: the path does not name these.
  const { $: kind, own, entries, items } = value;
  if (kind === "Map" && Array.isArray(entries)) {
    return { ...value, entries: entries.map((entry) => maskEntry(entry, segment, rest)) };
  }
  if (kind !== undefined && Array.isArray(items)) return { ...value, items: maskAt(items, path) };
  if (kind !== undefined && own !== undefined && !(segment in value)) {
    return { ...value, own: maskAt(own, path) };
  }
  const result = Object.create(null) as Record<string, Described>;
  for (const [key, field] of Object.entries(value)) {
    result[key] = key !== "$" && matches(segment, key) ? maskAt(field, rest) : field;
  }
  return result;
}

function isMasked(value: Described): boolean {
  return (
    value !== null &&
    typeof value === "object" &&
    !Array.isArray(value) &&
    value["$"] === "volatile"
  );
}

function maskEntry(entry: Described, segment: string, rest: readonly string[]): Described {
  if (!Array.isArray(entry)) return entry;
  const [key = null, item = null] = entry;
  return matches(segment, String(key)) ? [key, maskAt(item, rest)] : entry;
}

function matches(segment: string, key: string): boolean {
  return segment === "*" || segment === key;
}

function typeName(value: Described): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "Array";
  if (typeof value !== "object") return typeof value;
  return typeof value["$"] === "string" ? value["$"] : "Object";
}
