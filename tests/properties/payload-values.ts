// Random graphs of values, made from plain specifications so that two engines can build the very same ones. This file is
// run by Node too: it imports nothing of Bun's.

import fc from "fast-check";

/** A part of a graph: a leaf, or the number of a node. */
type Part = { leaf: unknown } | { node: number };

/** One node; its parts may be any nodes of the graph, itself included. */
export type Node =
  | { kind: "object"; parts: [key: string, part: Part][] }
  | { kind: "list"; parts: Part[]; extra: [key: string, part: Part][] }
  | { kind: "holes"; length: number; parts: [index: number, part: Part][] }
  | { kind: "map"; parts: [key: Part, part: Part][] }
  | { kind: "set"; parts: Part[] }
  | { kind: "date"; time: number }
  | { kind: "regexp"; source: string; flags: string }
  | { kind: "boxed"; value: string | number | boolean | bigint }
  | { kind: "error"; name: string; message: string | null; cause: Part | null }
  | { kind: "buffer"; bytes: number[] }
  | { kind: "view"; name: string; bytes: number[]; offset: number; length: number };

export type Graph = Node[];

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.string({ unit: fc.constantFrom("é", "\ud800", "\udc00", "中", "\0", "ÿ", "Ā"), maxLength: 5 }),
  fc.integer({ min: 60, max: 300 }).map((length) => "long ü ".repeat(length)),
);
// V8 in Node keeps integers of 32 bits small, in workerd of 31; those between are left out.
const integer = fc.integer({ min: -0x40000000, max: 0x3fffffff }).map((value) => value | 0);
const leaf: fc.Arbitrary<unknown> = fc.oneof(
  integer,
  fc.double({ noInteger: true }),
  fc.constantFrom(undefined, null, true, false, -0, Infinity, -Infinity, Number.NaN),
  fc.bigInt({ min: -(2n ** 130n), max: 2n ** 130n }),
  text,
);
const key = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom("__proto__", "constructor", "toString", "01", "-1", "1.5", "4294967295"),
  fc.nat({ max: 300 }).map(String),
);
const part = (count: number): fc.Arbitrary<Part> =>
  fc.oneof(
    { weight: 2, arbitrary: leaf.map((value) => ({ leaf: value })) },
    { weight: 1, arbitrary: fc.nat({ max: count - 1 }).map((node) => ({ node })) },
  );
const bytes = fc.array(fc.nat({ max: 255 }), { maxLength: 24 });
const viewNames = {
  Int8Array: 1,
  Uint8Array: 1,
  Uint8ClampedArray: 1,
  Int16Array: 2,
  Uint16Array: 2,
  Int32Array: 4,
  Uint32Array: 4,
  Float32Array: 4,
  Float64Array: 8,
  BigInt64Array: 8,
  BigUint64Array: 8,
  DataView: 1,
} as const;

function node(count: number): fc.Arbitrary<Node> {
  const parts = fc.array(part(count), { maxLength: 5 });
  const pairs = fc.uniqueArray(fc.tuple(key, part(count)), { maxLength: 5, selector: ([k]) => k });
  const nodes: fc.Arbitrary<Node>[] = [
    fc.record({ kind: fc.constant("object" as const), parts: pairs }),
    fc.record({
      kind: fc.constant("list" as const),
      parts,
      extra: fc.oneof(
        { weight: 3, arbitrary: fc.constant<[string, Part][]>([]) },
        {
          weight: 1,
          arbitrary: pairs.map((list) => list.filter(([k]) => !/^(\d+|length)$/.test(k))),
        },
      ),
    }),
    fc.record({
      kind: fc.constant("holes" as const),
      length: fc.integer({ min: 3, max: 9 }),
      parts: fc.uniqueArray(fc.tuple(fc.nat({ max: 1 }), part(count)), { selector: ([i]) => i }),
    }),
    fc.record({
      kind: fc.constant("map" as const),
      parts: fc.array(fc.tuple(part(count), part(count)), { maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant("set" as const), parts }),
    fc.record({
      kind: fc.constant("date" as const),
      time: fc.oneof(fc.integer(), fc.constant(Number.NaN)),
    }),
    fc.record({
      kind: fc.constant("regexp" as const),
      source: fc.constantFrom("a", "a/b", "[é中]+", "", "(?<x>y)"),
      flags: fc.constantFrom("", "g", "gi", "dgimsuy", "v"),
    }),
    fc.record({
      kind: fc.constant("boxed" as const),
      value: fc.oneof(text, fc.double(), fc.boolean(), fc.bigInt()),
    }),
    fc.record({
      kind: fc.constant("error" as const),
      name: fc.constantFrom(
        "Error",
        "TypeError",
        "RangeError",
        "SyntaxError",
        "Custom",
        "URIError",
      ),
      message: fc.option<string, null>(text, { nil: null }),
      cause: fc.option<Part, null>(part(count), { nil: null }),
    }),
    fc.record({ kind: fc.constant("buffer" as const), bytes }),
    fc.constantFrom(...(Object.keys(viewNames) as (keyof typeof viewNames)[])).chain((name) => {
      const size = viewNames[name];
      return fc
        .tuple(bytes, fc.nat({ max: 3 }), fc.nat({ max: 3 }))
        .map(([list, offset, length]): Node => {
          const needed = (offset + length) * size;
          const padded = [...list, ...new Array<number>(needed).fill(7)];
          return { kind: "view", name, bytes: padded, offset: offset * size, length };
        });
    }),
  ];
  return fc.oneof(...nodes);
}

/** Graphs of up to eight nodes; the first is the root. */
export const graphs: fc.Arbitrary<Graph> = fc
  .integer({ min: 1, max: 8 })
  .chain((count) => fc.array(node(count), { minLength: count, maxLength: count }));

/** Builds the graph and gives its root. */
export function build(graph: Graph): unknown {
  const values = graph.map((one) => empty(one));
  const resolve = (one: Part): unknown => ("leaf" in one ? small(one.leaf) : values[one.node]);
  graph.forEach((one, i) => fill(values[i] as object, one, resolve));
  return values[0];
}

// An integer that has been in a field with fractions is one of V8's doubles until it is calculated with.
function small(value: unknown): unknown {
  return Number.isInteger(value) && !Object.is(value, -0) ? (value as number) | 0 : value;
}

function empty(one: Node): object {
  switch (one.kind) {
    case "object": {
      // Deleting makes a dictionary: objects of one shape share in V8 whether a field is written as a double.
      const object: { first?: number; second?: number } = { first: 1, second: 2 };
      delete object.first;
      delete object.second;
      return object;
    }
    case "list": {
      // V8 writes a list of numbers differently; one that once held an object is like any other.
      const list: unknown[] = [{}];
      list.pop();
      return list;
    }
    case "holes":
      return new Array(one.length);
    case "map":
      return new Map();
    case "set":
      return new Set();
    case "date":
      return new Date(one.time);
    case "regexp":
      return new RegExp(one.source, one.flags);
    case "boxed":
      return Object(one.value) as object;
    case "error":
      return emptyError(one.name, one.message);
    case "buffer":
      return Uint8Array.from(one.bytes).buffer;
    case "view":
      return emptyView(one);
  }
}

function emptyError(name: string, message: string | null): Error {
  const Class = { TypeError, RangeError, SyntaxError, URIError }[name] ?? Error;
  const error = message === null ? new Class() : new Class(message);
  // Where the stack leads is not the same in two engines.
  Reflect.deleteProperty(error, "stack");
  if (name === "Custom") error.name = name;
  return error;
}

function emptyView({ name, bytes: list, offset, length }: Node & { kind: "view" }): object {
  const View = (globalThis as unknown as Record<string, new (...args: unknown[]) => object>)[name];
  if (View === undefined) throw new Error(`no ${name}`);
  return new View(Uint8Array.from(list).buffer, offset, length);
}

function fill(value: object, one: Node, resolve: (part: Part) => unknown): void {
  switch (one.kind) {
    case "object":
      return properties(value, one.parts, resolve);
    case "list":
      for (const element of one.parts) (value as unknown[]).push(resolve(element));
      return properties(value, one.extra, resolve);
    case "holes":
      for (const [index, element] of one.parts) (value as unknown[])[index] = resolve(element);
      return;
    case "map":
      for (const [k, v] of one.parts) (value as Map<unknown, unknown>).set(resolve(k), resolve(v));
      return;
    case "set":
      for (const element of one.parts) (value as Set<unknown>).add(resolve(element));
      return;
    case "error":
      if (one.cause !== null) {
        const cause = { value: resolve(one.cause), writable: true, configurable: true };
        Object.defineProperty(value, "cause", cause);
      }
      return;
    default:
      return;
  }
}

function properties(
  value: object,
  pairs: readonly [string, Part][],
  resolve: (part: Part) => unknown,
): void {
  for (const [name, one] of pairs) {
    // A key "__proto__" is one like any other here. (Not every value goes through a descriptor: its field, too, would
    // make doubles of integers.)
    if (name === "__proto__") Object.defineProperty(value, name, { ...ordinary, value: null });
    (value as Record<string, unknown>)[name] = resolve(one);
  }
}

const ordinary = { enumerable: true, writable: true, configurable: true };
