// Turns any value into a tagged plain JSON form that two runtimes can be compared by. Plain data stays as it is;
// everything else is an object whose first key `$` names the class. A plain object's own `$…` keys become `$$…`.

import { className, tag } from "./class-name.ts";
import { describeError } from "./describe-error.ts";
import { describeBytes, describeText } from "./describe-text.ts";
import { describeWeb } from "./describe-web.ts";
import type { Described } from "./transcript.ts";

const maxDepth = 10;
const maxNodes = 4000;
const maxItems = 100;
const shownItems = 20;

/** Describes one value; recursion goes through `inner`, which knows depth, cycles and the budget. */
export interface Describer {
  inner(value: unknown, segment: string): Promise<Described>;
  fields(value: object, except?: readonly string[]): Promise<Record<string, Described>>;
}

/**
 * Describes a value. Reads bodies of clones, and reads streams to their end: with `raw` an object is
 * only named by its class, so that the script can go on with it.
 */
export async function describe(
  value: unknown,
  options: { raw?: boolean } = {},
): Promise<Described> {
  if (options.raw === true && typeof value === "object" && value !== null) {
    return { $: className(value), raw: true };
  }
  return new Walk(maxNodes).describe(value, "", []);
}

class Walk {
  #left: number;

  constructor(budget: number) {
    this.#left = budget;
  }

  async describe(
    value: unknown,
    segment: string,
    above: readonly { value: object; path: string }[],
  ): Promise<Described> {
    if (this.#left-- <= 0) return { $: "cut", why: "size" };
    if (typeof value !== "object" || value === null) return describePrimitive(value);
    const seen = above.find((one) => one.value === value);
    if (seen !== undefined) return { $: "cycle", to: seen.path };
    if (above.length >= maxDepth) return { $: "cut", why: "depth" };
    const last = above.at(-1);
    const path = last === undefined ? "" : last.path === "" ? segment : `${last.path}.${segment}`;
    const below = [...above, { value, path }];
    const describer: Describer = {
      inner: (one, key) => this.describe(one, key, below),
      fields: (one, except = []) => this.#fields(one, except, below),
    };
    return describeObject(value, describer);
  }

  async #fields(
    value: object,
    except: readonly string[],
    above: readonly { value: object; path: string }[],
  ): Promise<Record<string, Described>> {
    const result = empty();
    for (const key of Object.keys(value)) {
      if (except.includes(key)) continue;
      // A key that starts like our tags is escaped; nothing else in a description is.
      const name = key.startsWith("$") ? `$${key}` : key;
      let field: unknown;
      try {
        field = Reflect.get(value, key);
      } catch (error) {
        result[name] = { $: "throws", error: await this.describe(error, key, above) };
        continue;
      }
      result[name] = await this.describe(field, key, above);
    }
    return result;
  }
}

// Without a prototype, so that a key "__proto__" is a key like any other.
function empty(): Record<string, Described> {
  return Object.create(null) as Record<string, Described>;
}

function describePrimitive(value: unknown): Described {
  switch (typeof value) {
    case "string":
      return describeText(value);
    case "number":
      if (Object.is(value, -0)) return { $: "number", value: "-0" };
      return Number.isFinite(value) ? value : { $: "number", value: String(value) };
    case "boolean":
      return value;
    case "bigint":
      return { $: "bigint", value: String(value) };
    case "symbol":
      return { $: "symbol", value: value.description ?? "" };
    case "function":
      return describeFunction(value);
    case "undefined":
      return { $: "undefined" };
    default:
      return null;
  }
}

function describeFunction(value: Function): Described {
  // Remote members are callable objects of a class of their own; reading their `name` would be a remote access.
  const kind = className(value);
  if (kind !== "Function" && kind !== "AsyncFunction") return { $: kind, callable: true };
  return { $: "function", name: value.name };
}

async function describeObject(value: object, describer: Describer): Promise<Described> {
  if (Array.isArray(value)) return describeArray(value, describer);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype && tag(value) === "Object") return describer.fields(value);
  if (prototype === null) return { $: "null-prototype", own: await describer.fields(value) };
  if (value instanceof Error) return describeError(value, describer);
  if (value instanceof Promise) return { $: "Promise" };
  return (
    (await describeBuiltIn(value, describer)) ??
    (await describeWeb(value, describer)) ??
    describeInstance(value, describer)
  );
}

async function describeArray(value: unknown[], describer: Describer): Promise<Described> {
  const items: Described[] = [];
  const count = Math.min(value.length, value.length > maxItems ? shownItems : maxItems);
  for (let i = 0; i < count; i++) {
    items.push(i in value ? await describer.inner(value[i], String(i)) : { $: "hole" });
  }
  const extra = Object.keys(value).filter((key) => String(Number(key)) !== key);
  const kind = className(value);
  if (kind === "Array" && extra.length === 0 && count === value.length) return items;
  const result: Described = { $: kind, length: value.length, items };
  if (extra.length > 0) {
    const own: Record<string, Described> = {};
    for (const key of extra) own[key] = await describer.inner(Reflect.get(value, key), key);
    result["own"] = own;
  }
  return result;
}

async function describeBuiltIn(value: object, describer: Describer): Promise<Described | null> {
  if (value instanceof Map) {
    const entries: Described[] = [];
    for (const [key, item] of value) {
      entries.push([await describer.inner(key, "key"), await describer.inner(item, String(key))]);
    }
    return { $: className(value), entries };
  }
  if (value instanceof Set) {
    const values: Described[] = [];
    for (const item of value) values.push(await describer.inner(item, String(values.length)));
    return { $: className(value), values };
  }
  if (value instanceof Date) {
    const valid = !Number.isNaN(value.getTime());
    return { $: className(value), value: valid ? value.toISOString() : "invalid" };
  }
  if (value instanceof RegExp) return { $: className(value), value: String(value) };
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return describeBuffer(value);
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return { $: className(value), value: describePrimitive(value.valueOf()) };
  }
  return null;
}

function describeBuffer(value: ArrayBuffer | ArrayBufferView): Described {
  const kind = className(value);
  const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
  if (buffer instanceof ArrayBuffer && buffer.detached) return { $: kind, detached: true };
  const bytes = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
  return { $: kind, ...describeBytes(bytes) };
}

// Only own enumerable fields: what `{...object}`, JSON.stringify and a console would show.
async function describeInstance(value: object, describer: Describer): Promise<Described> {
  const kind = className(value);
  const result: Record<string, Described> = { $: kind };
  const name = tag(value);
  if (name !== kind && name !== "Object") result["tag"] = name;
  const own = await describer.fields(value);
  if (Object.keys(own).length > 0) result["own"] = own;
  return result;
}
