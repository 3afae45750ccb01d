// The codec over random graphs of values: nothing is lost on the way, and the bytes are those that V8 writes.

import { expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { clone, decode, encode } from "../../runtime/rpc/payload.ts";
import { build, graphs } from "./payload-values.ts";

const before = { enhancedErrors: false };
const now = { enhancedErrors: true };

test("a decoded value is the encoded one, with its cycles and shared parts", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const value = build(graph);
      expect(outline(clone(value, before))).toEqual(outline(value));
    }),
    { numRuns: 400 },
  );
});

test("encoding what was decoded gives the same bytes", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const first = encodeOrNull(build(graph));
      // An error that is a part of itself does not read back in the newer form.
      if (first === null) return;
      // Errors come without a stack here, and get one when they are read.
      const bytes = encode(decode(first), now);
      expect(encode(decode(bytes), now)).toEqual(bytes);
    }),
    { numRuns: 400 },
  );
});

test("the bytes are those that V8 writes", () => {
  const [seed, numRuns] = [20261125, 200];
  const node = join(import.meta.dir, "../../node_modules/node/bin/node");
  const script = join(import.meta.dir, "payload-v8.ts");
  const { stdout, stderr, exitCode } = Bun.spawnSync([node, script, `${seed}`, `${numRuns}`]);
  expect({ exitCode, stderr: stderr.toString() }).toEqual({ exitCode: 0, stderr: "" });
  const expected = stdout.toString().split("\n");
  const samples = fc.sample(graphs, { seed, numRuns });
  expect(expected).toHaveLength(samples.length);
  const others = samples.filter(
    (graph, i) => Buffer.from(encode(build(graph), before)).toString("base64") !== expected[i],
  );
  expect(others).toEqual([]);
}, 30_000);

function encodeOrNull(value: unknown): Uint8Array | null {
  const bytes = encode(value, now);
  try {
    decode(bytes);
    return bytes;
  } catch (error) {
    expect(error).toEqual(new Error("Unable to deserialize cloned data."));
    return null;
  }
}

/** A graph as a flat list, in the order of a walk: what each object is, and which numbers its parts have. */
function outline(root: unknown): unknown[] {
  const objects: object[] = [];
  const lines: unknown[] = [];
  const part = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) {
      return typeof value === "bigint"
        ? `${value}n`
        : Object.is(value, -0)
          ? "-0"
          : [typeof value, value];
    }
    const known = objects.indexOf(value);
    return `#${known === -1 ? objects.push(value) - 1 : known}`;
  };
  const first = part(root);
  for (let i = 0; i < objects.length; i++) lines.push(line(objects[i] as object, part));
  return [first, ...lines];
}

function line(value: object, part: (value: unknown) => unknown): unknown {
  const kind = Object.prototype.toString.call(value);
  if (value instanceof Map) return [kind, [...value].map(([k, v]) => [part(k), part(v)])];
  if (value instanceof Set) return [kind, [...value].map(part)];
  if (value instanceof Date) return [kind, part(value.getTime())];
  if (value instanceof RegExp) return [kind, String(value)];
  if (value instanceof ArrayBuffer) return [kind, [...new Uint8Array(value)]];
  if (ArrayBuffer.isView(value)) {
    return [kind, value.byteOffset, value.byteLength, part(value.buffer)];
  }
  if (value instanceof Error) {
    const name = value.name === "Custom" ? "Error" : value.name;
    const cause = Object.hasOwn(value, "cause") ? [part(value.cause)] : [];
    return [kind, name, Object.hasOwn(value, "message"), value.message, cause];
  }
  const own = Object.keys(value).map((key) => [key, part(Reflect.get(value, key))]);
  if (Array.isArray(value)) return [kind, value.length, own];
  return [kind, kind === "[object Object]" ? null : part(value.valueOf()), own];
}
