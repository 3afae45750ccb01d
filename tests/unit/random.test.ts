import { expect, test } from "bun:test";
import { createRandom } from "../../runtime/random.ts";

test("the same seed gives the same ids in the same order", () => {
  const first = createRandom("1:a.test.ts");
  const second = createRandom("1:a.test.ts");
  const ids = (random: typeof first) => [random.uuid(), random.hex(16), random.number()];
  expect(ids(first)).toEqual(ids(second));
});

test("different seeds give different ids", () => {
  const ids = Array.from({ length: 1000 }, (_, index) => createRandom(`1:${index}`).uuid());
  expect(new Set(ids).size).toBe(1000);
});

test("ids of one generator do not repeat", () => {
  const random = createRandom("seed");
  expect(new Set(Array.from({ length: 10_000 }, () => random.hex(8))).size).toBe(10_000);
});

test("a uuid is one of version 4", () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const random = createRandom("seed");
  for (let i = 0; i < 100; i++) expect(random.uuid()).toMatch(uuid);
});

test("numbers are spread over 0 to 1", () => {
  const random = createRandom("seed");
  const tenths = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) tenths[Math.floor(random.number() * 10)]! += 1;
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
