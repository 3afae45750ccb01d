import { expect, test } from "bun:test";
import { changes } from "../../conformance/changes.ts";
import { compare, firstPath } from "../../conformance/compare.ts";
import { countSteps, findDuplicates } from "../../conformance/counting.ts";
import { formatRecording } from "../../conformance/format.ts";
import type { Recording, Step } from "../../conformance/transcript.ts";
import { mask } from "../../conformance/volatile.ts";

const step = (fields: Partial<Step> = {}): Step => ({
  label: "KV.get",
  shape: "KvNamespace.get(a)",
  counts: true,
  outcome: "resolved",
  value: { a: 1, b: [1, 2] },
  ...fields,
});

const recording = (...transcript: Step[]): Recording => ({
  id: "kv-get",
  compatibilityDate: "2026-11-01",
  workerd: "1.0",
  setup: "0",
  steps: "0",
  transcript,
});

const run = (...steps: Step[]) => ({ id: "kv-get", steps });

test("equal transcripts have no problems", () => {
  expect(compare(recording(step()), run(step()))).toEqual([]);
});

test("a different value names script, step, label and the path", () => {
  const [problem] = compare(recording(step()), run(step({ value: { a: 1, b: [1, 3] } })));
  expect(problem).toContain("kv-get, step 1, KV.get");
  expect(problem).toContain("first at:  b.1");
  expect(problem).toContain('workerd:   resolved {"a":1,"b":[1,2]}');
  expect(problem).toContain('bunflare:  resolved {"a":1,"b":[1,3]}');
});

test("the order of keys, the outcome, and the class of the target count", () => {
  expect(compare(recording(step()), run(step({ value: { b: [1, 2], a: 1 } })))).toHaveLength(1);
  expect(compare(recording(step()), run(step({ outcome: "returned" })))).toHaveLength(1);
  expect(compare(recording(step()), run(step({ shape: "KVNamespace.get(a)" })))).toHaveLength(1);
});

test("another list of steps asks for a new recording", () => {
  const [problem] = compare(recording(step()), run(step({ shape: "KvNamespace.get(0)" })));
  expect(problem).toContain("step 1 is not the one that was recorded");
  expect(problem).toContain("bun run conformance:record kv-get");
  expect(compare(recording(step()), run(step(), step()))).toHaveLength(1);
  const [first, second] = compare(
    recording(step(), step()),
    run(step({ value: 2 }), step({ shape: "KvNamespace.get(undefined)" })),
  );
  expect(first).toContain("step 1, KV.get");
  expect(second).toContain("perhaps because of the differences before it");
  expect(compare(recording(step(), step()), run(step()))).toHaveLength(1);
});

test("a script that broke is its own problem", () => {
  const [problem] = compare(recording(step()), { id: "kv-get", steps: [], failure: "Error: no" });
  expect(problem).toContain("Error: no");
});

test("a marked step must really differ", () => {
  const differs = { class: "engine", reason: "words of V8" } as const;
  const marked = step({ differs });
  expect(compare(recording(marked), run({ ...marked, value: 2 }))).toEqual([]);
  const [problem] = compare(recording(marked), run(marked));
  expect(problem).toContain("remove the mark");
});

test("the first differing path is found in lists, and at a further key", () => {
  expect(firstPath([1, { a: 1 }], [1, { a: 2 }])).toBe("1.a");
  expect(firstPath({ a: 1 }, { a: 1, b: 2 })).toBe("b");
  expect(firstPath({ a: 1, b: 2 }, { a: 1 })).toBe("b");
  expect(firstPath(1, 1)).toBeNull();
});

test("a repeated step is reported with both places; uncounted steps may repeat", () => {
  const other = { ...recording(step({ label: "KV.get again" })), id: "kv-more" };
  expect(findDuplicates([recording(step()), other])).toEqual([
    "kv-more, step 1 (KV.get again) repeats kv-get, step 1 (KV.get): KvNamespace.get(a)",
  ]);
  expect(findDuplicates([recording(step()), recording(step({ counts: false }))])).toEqual([]);
});

test("steps are counted by area, and marks by class", () => {
  const differs = { class: "engine", reason: "r" } as const;
  const of = { ...recording(step(), step({ counts: false }), step({ differs })), area: "kv" };
  expect(countSteps([of], {})).toEqual({
    steps: 2,
    ahead: 0,
    areas: { kv: 2 },
    differs: { engine: 1 },
  });
  expect(countSteps([of], { "kv-get": "not written" })).toEqual({
    steps: 0,
    ahead: 2,
    areas: {},
    differs: {},
  });
});

test("a new recording says what it adds, removes and changes", () => {
  const old = recording(step(), step({ label: "KV.put", shape: "KvNamespace.put(a)" }));
  const now = recording(
    step({ value: 2 }),
    step({ label: "KV.list", shape: "KvNamespace.list()" }),
  );
  expect(changes(null, now)).toEqual(["kv-get: new, 2 steps"]);
  expect(changes(now, now)).toEqual(["kv-get: unchanged"]);
  expect(changes(old, now)).toEqual([
    "kv-get: changed",
    "  ~ KV.get",
    '      was resolved {"a":1,"b":[1,2]}',
    "      now resolved 2",
    '  + KV.list: resolved {"a":1,"b":[1,2]}',
    '  - KV.put: resolved {"a":1,"b":[1,2]}',
  ]);
});

test("a printed recording reads back as it was", () => {
  const long = step({ value: { text: "x".repeat(120), list: [1, [2]], empty: {}, none: [] } });
  expect(JSON.parse(formatRecording(recording(step(), long)))).toEqual(recording(step(), long));
});

test("masks reach into plain data, instances, maps, lists and headers, and stay when applied twice", () => {
  const described = {
    meta: { duration: 1.5 },
    list: [{ at: "x" }, { at: null }],
    map: { $: "Map", entries: [["k", { id: 1 }]] },
    object: { $: "HeadResult", own: { version: "ab" } },
  } satisfies Step["value"];
  const paths = ["meta.duration", "list.*.at", "map.k.id", "object.version", "object.own.version"];
  expect(paths.reduce<Step["value"]>(mask, described)).toEqual({
    meta: { duration: { $: "volatile", type: "number" } },
    list: [{ at: { $: "volatile", type: "string" } }, { at: { $: "volatile", type: "null" } }],
    map: { $: "Map", entries: [["k", { id: { $: "volatile", type: "number" } }]] },
    object: { $: "HeadResult", own: { version: { $: "volatile", type: "string" } } },
  });
});
