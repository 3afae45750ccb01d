// The shape of a call's arguments, by which two steps count as the same. What a platform could tell apart stays,
// what is just other data does not:
//
// - text: its pattern, in single quotes. Runs of letters become `a` or `A`, of digits `0`; other characters stay; control characters
//   are `^`, lone surrogates `~`, non-ASCII `é` (2 bytes), `中` (3), `😀` (4); beyond 16 bytes of UTF-8 the length's bucket is added.
//   Patterns longer than 40 become the set of their characters; hex of 16 and more digits and UUIDs are named.
//   Words that platforms know (`words.ts`) and SQL stay as they are; so does every string of up to 32 units in an object
//   of options (two levels deep), where small numbers stay too.
// - numbers: by class (0, -0, NaN, ±Infinity, negative, fraction, integer, beyond int32, beyond 2^53).
// - objects by keys and the shapes of their values; arrays of up to 4 by their items, else by the set of their shapes;
//   buffers, blobs by class and size bucket; values that an earlier step returned by that step's shape.

import { className } from "./class-name.ts";
import { hash } from "./hash.ts";
import { isNearLimit, isWord } from "./words.ts";

/** Knows the shapes of objects that earlier steps returned. */
export type Provenance = (value: object) => string | undefined;

const maxDepth = 5;

/** The shape of an argument list, without parentheses. */
export function shapeOf(args: readonly unknown[], provenance: Provenance): string {
  const shapes = args.map((arg) => shape(arg, { provenance, depth: 0, literal: false }));
  return shapes.length <= 8 ? shapes.join(", ") : many(shapes);
}

interface Place {
  provenance: Provenance;
  depth: number;
  /** In an object of options: small values are kept. */
  literal: boolean;
}

function shape(value: unknown, place: Place): string {
  switch (typeof value) {
    case "string":
      return text(value, place.literal);
    case "number":
      return number(value, place.literal);
    case "bigint":
      return `${number(Number(value), place.literal)}n`;
    case "function":
      return place.provenance(value) ?? `function ${className(value)}`;
    case "object":
      return value === null ? "null" : object(value, place);
    default:
      return String(value);
  }
}

const sql =
  /^\s*(--|\/\*|select|insert|update|delete|create|drop|alter|with|pragma|replace|begin|commit|rollback|savepoint|release|attach|detach|vacuum|explain|values|reindex|analyze)\b/i;

function text(value: string, literal: boolean): string {
  if (value === "") return '""';
  if (isWord(value) || (literal && value.length <= 32)) return JSON.stringify(value);
  if (sql.test(value)) {
    return value.length <= 240
      ? JSON.stringify(value)
      : `${JSON.stringify(value.slice(0, 60))}…${bucket(value.length)}#${hash(value)}`;
  }
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return "uuid";
  if (/^[0-9a-f]{16,}$/i.test(value)) return `hex${value.length}`;
  const sizeBytes = new TextEncoder().encode(value).length;
  return `'${pattern(value)}'${sizeBytes <= 16 ? "" : bucket(sizeBytes)}`;
}

function pattern(value: string): string {
  let out = "";
  for (const character of value.slice(0, 4096)) {
    const kind = characterKind(character);
    if (!out.endsWith(kind) || !/[aA0^~é中😀]/u.test(kind)) out += kind;
  }
  return out.length <= 40 ? out : `{${[...new Set(out)].sort().join("")}}`;
}

function characterKind(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (/[a-z]/.test(character)) return "a";
  if (/[A-Z]/.test(character)) return "A";
  if (/[0-9]/.test(character)) return "0";
  if (code < 0x20 || code === 0x7f) return "^";
  if (code < 0x7f) return character;
  if (code >= 0xd800 && code <= 0xdfff) return "~";
  if (code < 0x800) return "é";
  return code < 0x10000 ? "中" : "😀";
}

function number(value: number, literal: boolean): string {
  if (Object.is(value, -0)) return "-0";
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (literal && size < 1e6) return String(value);
  const sign = value < 0 ? "-" : "";
  if (size > 2 ** 53) return `${sign}>2^53`;
  if (size >= 2 ** 31) return `${sign}>int32`;
  return Number.isInteger(value) ? `${sign}int` : `${sign}fraction`;
}

/** Sizes in steps of powers of four: 17-64, 65-256, …; exact right at a limit that platforms have. */
function bucket(length: number): string {
  if (isNearLimit(length)) return String(length);
  if (length <= 16) return length === 0 ? "empty" : "1-16";
  let top = 64;
  while (top < length) top *= 4;
  return `${top / 4 + 1}-${top}`;
}

function object(value: object, place: Place): string {
  const known = place.provenance(value);
  if (known !== undefined)
    return known.length <= 200 ? known : `${known.slice(0, 80)}…#${hash(known)}>`;
  if (place.depth >= maxDepth) return "…";
  const inner: Place = { ...place, depth: place.depth + 1, literal: place.depth < 2 };
  if (Array.isArray(value)) return array(value, { ...inner, literal: place.literal });
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return record(value, inner);
  return builtIn(value, inner) ?? web(value, inner) ?? className(value);
}

function array(value: readonly unknown[], place: Place): string {
  const shapes = Array.from(value, (item) => shape(item, place));
  if (shapes.length <= 4) return `[${shapes.join(", ")}]`;
  return `[${many(shapes)}]`;
}

function many(shapes: readonly string[]): string {
  return `${bucket(shapes.length)} of ${[...new Set(shapes)].sort().join(" | ")}`;
}

function record(value: object, place: Place): string {
  const keys = Object.keys(value);
  const fields = keys.map((key) => `${key}: ${shape(Reflect.get(value, key), place)}`);
  if (fields.length <= 24) return `{${fields.join(", ")}}`;
  return `{${many(fields.map(valueShape))}}`;
}

function valueShape(field: string): string {
  return field.slice(field.indexOf(": ") + 2);
}

function builtIn(value: object, place: Place): string | null {
  const $ = className(value);
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    const part = ArrayBuffer.isView(value) && value.byteLength < value.buffer.byteLength;
    return `${$}(${bucket(value.byteLength)}${part ? " window" : ""})`;
  }
  if (value instanceof Map) return `${$}{${array([...value.keys(), ...value.values()], place)}}`;
  if (value instanceof Set) return `${$}{${array([...value], place)}}`;
  if (value instanceof Date) return `${$}(${Number.isNaN(value.getTime()) ? "invalid" : "valid"})`;
  if (value instanceof RegExp) return String(value);
  return null;
}

function web(value: object, place: Place): string | null {
  const $ = className(value);
  if (value instanceof Headers) return `${$}${record(Object.fromEntries(value), place)}`;
  if (value instanceof URL) return `${$}(${text(value.href, false)})`;
  if (value instanceof URLSearchParams) return `${$}(${text(value.toString(), false)})`;
  if (value instanceof Request) {
    const headers = record(Object.fromEntries(value.headers), place);
    return `${$}(${value.method} ${text(value.url, false)} ${headers})`;
  }
  if (value instanceof Response) {
    return `${$}(${value.status} ${record(Object.fromEntries(value.headers), place)})`;
  }
  if (value instanceof Blob) return `${$}(${bucket(value.size)} ${value.type})`;
  if (value instanceof ReadableStream) return value.locked ? `${$}(locked)` : $;
  return null;
}
