import { expect, test } from "bun:test";
import { Placeholders } from "../../runtime/placeholders.ts";

const OPENED = Date.UTC(2026, 10, 25, 12, 0, 0);
const life = { openedAt: OPENED, clock: { now: () => OPENED + 5000 } };
const A = "958b4776-c8c5-44ed-ac31-69d9b8416b91";
const B = "96049b4e-4e5b-4dea-ab33-5dd12c0a5ab1";

test("UUIDs keep identity, in values, in keys and inside texts", () => {
  const state = { [`session:${B}`]: `{"user":"${A}"}`, users: [A, B.toUpperCase()], none: "a-b" };
  expect(new Placeholders(life).replace(state)).toEqual({
    "session:<uuid 1>": '{"user":"<uuid 2>"}',
    users: ["<uuid 2>", "<uuid 1>"],
    none: "a-b",
  });
});

test.each([
  "2026-11-25 12:00:03",
  "2026-11-25T12:00:03Z",
  "2026-11-25T12:00:03.123Z",
  "2026-11-25T13:00:03+01:00",
  OPENED + 1,
  OPENED / 1000 + 1,
])("%p is a time of the run", (time) => {
  expect(new Placeholders(life).replace(time)).toBe("<time>");
  expect(new Placeholders(life).replace(`{"at":${JSON.stringify(time)}}`)).toMatch(
    /^\{"at":"?<time>"?\}$/,
  );
});

test.each(["2020-01-01 12:00:00", "2026-11-25", 1_500_000_000, OPENED * 1000, 5, "a 1500000000 b"])(
  "%p is not",
  (value) => {
    expect(new Placeholders(life).replace(value)).toEqual(value);
  },
);

test("times keep no identity: whether two fall into one second is chance", () => {
  const state = { a: "2026-11-25 12:00:03", b: "2026-11-25 12:00:03", c: "2026-11-25 12:00:04" };
  expect(new Placeholders(life).replace(state)).toEqual({
    a: "<time>",
    b: "<time>",
    c: "<time>",
  });
});

test("keys that a binding calls volatile are replaced whatever they hold", () => {
  expect(
    new Placeholders(life).replace([{ expiration: 5, size: 5 }], { volatile: ["expiration"] }),
  ).toEqual([{ expiration: "<time>", size: 5 }]);
});

test("what is in the order of random keys is sorted by the rest", () => {
  const keyed = (first: string, second: string) => [
    { key: "a", value: 0 },
    { key: `session:${first}`, value: "of Grace" },
    { key: `session:${second}`, value: `of ${first}` },
    { key: "session:", value: 0 },
  ];
  const info = { isKeyed: true };
  const state = new Placeholders(life).replace(keyed(A, B), info);
  expect(state).toEqual([
    { key: "a", value: 0 },
    { key: "session:", value: 0 },
    { key: "session:<uuid 1>", value: "of <uuid 2>" },
    { key: "session:<uuid 2>", value: "of Grace" },
  ]);
  expect(new Placeholders(life).replace(keyed(A, B).toReversed(), info)).toEqual(state);
  // Without such keys, and in lists whose order says something, the order stays.
  expect(new Placeholders(life).replace([{ key: "b" }, { key: "a" }], info)).toEqual([
    { key: "b" },
    { key: "a" },
  ]);
  expect(new Placeholders(life).replace([B, A])).toEqual(["<uuid 1>", "<uuid 2>"]);
});

test("members with random names are sorted by their values", () => {
  const one = { [A]: "z", [B]: "a", plain: 1 };
  expect(JSON.stringify(new Placeholders(life).replace({ storage: one }))).toBe(
    '{"storage":{"<uuid 1>":"a","<uuid 2>":"z","plain":1}}',
  );
});
