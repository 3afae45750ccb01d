// KV against a model, a plain Map: whatever is put, deleted and listed, in pages of any size, is what the model has.

import { expect, test } from "bun:test";
import fc from "fast-check";
import type { ListResult } from "../../runtime/bindings/kv/list.ts";
import { inspectKv, seedKv } from "../../runtime/bindings/kv/state.ts";
import type { KvEntry } from "../../runtime/bindings/kv/state.ts";
import { openKv } from "../unit/bindings/kv/open-kv.ts";
import type { OpenKv } from "../unit/bindings/kv/open-kv.ts";

const parameters = { numRuns: 150 };

// Few letters, so that keys meet; some at the edges of UTF-8's lengths, and on both sides of the surrogates.
const letter = fc.constantFrom(
  "a",
  "b",
  ":",
  "A",
  "%",
  "\0",
  "é",
  "\ud7ff",
  "\ue000",
  "\uffff",
  "😀",
  "\u{10ffff}",
);
const key = fc.string({ unit: letter, minLength: 1, maxLength: 4 });
const prefix = fc.string({ unit: letter, maxLength: 2 });
const value = fc.oneof(fc.string({ unit: "binary" }), fc.uint8Array({ maxLength: 8 }));
const metadata = fc.option(fc.jsonValue({ maxDepth: 2 }), { nil: undefined });

type Command =
  | { type: "put"; key: string; value: string | Uint8Array; metadata: unknown }
  | { type: "delete"; key: string }
  | { type: "list"; prefix: string; limit: number }
  | { type: "reopen" };

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("put"), key, value, metadata }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("delete"), key }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("list"),
      prefix,
      limit: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("reopen") }) },
);

interface Kept {
  readonly bytes: string;
  readonly metadata: unknown;
}

type Model = Map<string, Kept>;

test("put, delete and list do what a Map does", async () => {
  const run = async (commands: readonly Command[]): Promise<void> => {
    const opened = openKv();
    const model: Model = new Map();
    try {
      for (const each of commands) await follow(opened, model, each);
      for (const [name, kept] of model) await expectKept(opened, name, kept);
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
      await KV.put(each.key, each.value, { metadata: each.metadata });
      model.set(each.key, {
        bytes: Buffer.from(each.value as string).toHex(),
        metadata: each.metadata === undefined ? null : JSON.parse(JSON.stringify(each.metadata)),
      });
      return;
    case "delete":
      await KV.delete(each.key);
      model.delete(each.key);
      return;
    case "list":
      expect(await pages(opened, each)).toEqual(expectedPages(model, each));
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
  const keys = [...model.keys()]
    .filter((name) => name.startsWith(options.prefix))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const expected: string[][] = [];
  do expected.push(keys.splice(0, options.limit));
  while (keys.length > 0);
  return expected;
}

async function expectKept({ KV }: OpenKv, name: string, kept: Kept): Promise<void> {
  const entry = await KV.getWithMetadata(name, "arrayBuffer");
  if (entry instanceof Map || !("value" in entry)) throw new Error("one key has one entry");
  expect(Buffer.from(entry.value as ArrayBuffer).toHex()).toBe(kept.bytes);
  expect(entry.metadata).toEqual(kept.metadata);
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
