// KV against a model, a plain Map: whatever is put, deleted and listed, in pages of any size, is what the model has, also
// when entries expire while the clock is moved.

import { expect, test } from "bun:test";
import fc from "fast-check";
import type { ListResult } from "../../runtime/bindings/kv/list.ts";
import { inspectKv, seedKv } from "../../runtime/bindings/kv/state.ts";
import type { KvEntry } from "../../runtime/bindings/kv/state.ts";
import { openKv } from "../unit/bindings/kv/open-kv.ts";
import type { OpenKv } from "../unit/bindings/kv/open-kv.ts";

const parameters = { numRuns: 200 };

// Few letters, so that keys meet; some at the edges of UTF-8's lengths, and on both sides of the surrogates.
const letter = fc.constantFrom("a", "A", "%", "\0", "é", "\ud7ff", "\ue000", "😀", "\u{10ffff}");
const key = fc.string({ unit: letter, minLength: 1, maxLength: 3 });
const prefix = fc.string({ unit: letter, maxLength: 1 });
const value = fc.oneof(fc.string({ unit: "binary" }), fc.uint8Array({ maxLength: 8 }));
const metadata = fc.option(fc.jsonValue({ maxDepth: 2 }), { nil: undefined });
// Multiples of the steps in which time moves, so that entries expire at the very second that is asked for.
const ttl = fc.option(fc.constantFrom(60, 90, 120), { nil: undefined });

type Command =
  | {
      type: "put";
      key: string;
      value: string | Uint8Array;
      metadata: unknown;
      ttl: number | undefined;
    }
  | { type: "delete"; key: string }
  | { type: "list"; prefix: string; limit: number }
  | { type: "advance"; seconds: number }
  | { type: "reopen" };

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("put"), key, value, metadata, ttl }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("delete"), key }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("list"),
      prefix,
      limit: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("advance"),
      seconds: fc.constantFrom(30, 60),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("reopen") }) },
);

interface Kept {
  readonly bytes: string;
  readonly metadata: unknown;
  /** Seconds since the epoch. */
  readonly expiration: number;
}

type Model = Map<string, Kept>;

test("put, delete, list and expiry do what a Map does", async () => {
  const run = async (commands: readonly Command[]): Promise<void> => {
    const opened = openKv();
    const model: Model = new Map();
    try {
      opened.clock.stop();
      for (const each of commands) await follow(opened, model, each);
      const names = new Set(commands.flatMap((each) => ("key" in each ? [each.key] : [])));
      for (const name of names) await expectKept(opened, name, model.get(name));
      expect(inspectKv(opened.storage).map((each) => each.key)).toEqual(sorted(model));
    } finally {
      opened.close();
    }
  };
  await fc.assert(fc.asyncProperty(fc.array(command, { maxLength: 40 }), run), parameters);
});

async function follow(opened: OpenKv, model: Model, each: Command): Promise<void> {
  const { KV } = opened;
  switch (each.type) {
    case "put":
      await KV.put(each.key, each.value, {
        metadata: each.metadata,
        ...(each.ttl !== undefined && { expirationTtl: each.ttl }),
      });
      model.set(each.key, {
        bytes: Buffer.from(each.value as string).toHex(),
        metadata: each.metadata === undefined ? null : JSON.parse(JSON.stringify(each.metadata)),
        expiration: opened.storage.nowSeconds() + (each.ttl ?? Number.POSITIVE_INFINITY),
      });
      return;
    case "delete":
      await KV.delete(each.key);
      model.delete(each.key);
      return;
    case "list":
      expect(await pages(opened, each)).toEqual(expectedPages(model, each));
      return;
    case "advance":
      opened.clock.stop(opened.clock.now() + each.seconds * 1000);
      for (const [name, { expiration }] of model) {
        if (expiration <= opened.storage.nowSeconds()) model.delete(name);
      }
      return;
    case "reopen":
      opened.reopen();
  }
}

async function pages(
  { KV }: OpenKv,
  options: { prefix: string; limit: number },
): Promise<string[][]> {
  const found: string[][] = [];
  let page: ListResult | undefined;
  do {
    const cursor = page === undefined || page.list_complete ? undefined : page.cursor;
    page = await KV.list({ prefix: options.prefix, limit: options.limit, cursor });
    found.push(page.keys.map(({ name }) => name));
  } while (!page.list_complete);
  return found;
}

function expectedPages(model: Model, options: { prefix: string; limit: number }): string[][] {
  const keys = sorted(model).filter((name) => name.startsWith(options.prefix));
  const expected: string[][] = [];
  do expected.push(keys.splice(0, options.limit));
  while (keys.length > 0);
  return expected;
}

function sorted(model: Model): string[] {
  return [...model.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

async function expectKept({ KV }: OpenKv, name: string, kept: Kept | undefined): Promise<void> {
  const entry = await KV.getWithMetadata(name, "arrayBuffer");
  if (entry instanceof Map || !("value" in entry)) throw new Error("one key has one entry");
  const { value, metadata } = entry;
  const bytes = value === null ? undefined : Buffer.from(value as ArrayBuffer).toHex();
  expect({ bytes, metadata }).toEqual({ bytes: kept?.bytes, metadata: kept?.metadata ?? null });
}

const entry = fc
  .record(
    {
      key,
      value: fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom({ bytes: "ff" }, { bytes: "c300" }),
      ),
      expiration: fc.integer({ min: 2 ** 40, max: 2 ** 45 }),
      metadata: fc.jsonValue({ maxDepth: 2 }),
    },
    { requiredKeys: ["key", "value"] },
  )
  // -0 has no JSON of its own.
  .map((made) => JSON.parse(JSON.stringify(made)) as KvEntry);

test("inspecting gives what was seeded, and seeding that gives the same state", () => {
  const run = (entries: readonly KvEntry[]): void => {
    const [first, second] = [openKv(), openKv()];
    try {
      seedKv(first.storage, entries);
      const state = inspectKv(first.storage);
      const byKey = [...entries].sort((a, b) =>
        Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)),
      );
      expect(state).toEqual(byKey);
      seedKv(second.storage, state);
      expect(inspectKv(second.storage)).toEqual(state);
    } finally {
      first.close();
      second.close();
    }
  };
  const entries = fc.uniqueArray(entry, { selector: (made) => made.key, maxLength: 20 });
  fc.assert(fc.property(entries, run), parameters);
});
