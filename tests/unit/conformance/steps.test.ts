import { expect, test } from "bun:test";
import { createRecorder } from "../../conformance/steps.ts";

class Shop {
  readonly stock = new Map([["tea", 3]]);
  async count(name: string) {
    return { name, count: this.stock.get(name), at: 12345 };
  }
  now() {
    return "now";
  }
  refuse(): never {
    throw new TypeError("closed");
  }
  async reject(_name: string) {
    throw new Error("out");
  }
  order(name: string) {
    return { name, total: async (count: number) => count * 2 };
  }
}

test("a call records members, shapes, how it ended, and gives the value", async () => {
  const { steps, call } = createRecorder({});
  const value = await call<{ count: number }>("SHOP.count of tea", new Shop(), ["tea"]);
  expect(value.count).toBe(3);
  expect(steps).toEqual([
    {
      label: "SHOP.count of tea",
      shape: "Shop.count('a')",
      counts: true,
      outcome: "resolved",
      value: { name: "tea", count: 3, at: 12345 },
    },
  ]);
});

test("errors thrown at once and rejections are told apart, and the script goes on", async () => {
  const { steps, call } = createRecorder({});
  expect(await call("SHOP.refuse", new Shop(), [])).toBeUndefined();
  await call("SHOP.reject", new Shop(), ["tea"]);
  await call("SHOP.now", new Shop(), []);
  await call("SHOP.lack", new Shop(), ["x"]);
  expect(steps.map(({ outcome, counts }) => [outcome, counts])).toEqual([
    ["threw", false],
    ["rejected", true],
    ["returned", false],
    ["threw", true],
  ]);
  expect(steps[0]?.value).toEqual({ $: "TypeError", message: "closed" });
});

test("a chain is one step that names the member that failed", async () => {
  const { steps, chain } = createRecorder({});
  await chain("SHOP", new Shop(), ["order", "tea"], ["total", 2]);
  await chain("SHOP", new Shop(), ["reject", "tea"], ["then", 1]);
  await chain("SHOP", new Shop(), ["stock"], ["get", "tea"]);
  expect(steps.map(({ shape, outcome, at, value }) => ({ shape, outcome, at, value }))).toEqual([
    { shape: "Shop.order('a').total(int)", outcome: "resolved", at: undefined, value: 4 },
    {
      shape: "Shop.reject('a').then(int)",
      outcome: "rejected",
      at: "reject",
      value: { $: "Error", message: "out" },
    },
    { shape: "Shop.stock().get('a')", outcome: "returned", at: undefined, value: 3 },
  ]);
});

test("options mask what changes, and take a step out of the count", async () => {
  const { steps, call } = createRecorder({});
  await call.with({ counts: false, volatile: ["at"] }, "SHOP.count", new Shop(), ["tea"]);
  expect(steps[0]).toMatchObject({
    counts: false,
    volatile: ["at"],
    value: { at: { $: "volatile", type: "number" } },
  });
});

test("an argument that was made shows how in the shape of the step that takes it", async () => {
  const { steps, call, make } = createRecorder({});
  const url = make<URL>(URL, ["new", "http://a/b"]);
  await call("decodeURI", globalThis, [url]);
  expect(steps.map(({ shape }) => shape)).toEqual(["globalThis.decodeURI(<URL.new('a://a/a')>)"]);
});

test("new constructs, notes never count, and env is not spelled out", async () => {
  const env = { KV: 1 };
  const { steps, call, note } = createRecorder(env);
  await call("new Headers", Headers, [{ a: "b" }]);
  await call("Object.keys", Object, [env]);
  await note("seen", new Map([["a", 1]]));
  expect(steps.map(({ shape, counts, outcome }) => [shape, counts, outcome])).toEqual([
    ['Headers.new({a: "b"})', true, "returned"],
    ["Object.keys(env)", true, "returned"],
    ["", false, "noted"],
  ]);
});

test("concurrent steps stay in the order of their calls", async () => {
  const { steps, call } = createRecorder({});
  await Promise.all([call("SHOP.count", new Shop(), ["tea"]), call("SHOP.now", new Shop(), [])]);
  expect(steps.map(({ label }) => label)).toEqual(["SHOP.count", "SHOP.now"]);
});

test("a step is open until it has ended", async () => {
  const { open, note, call } = createRecorder({});
  const noted = note("a stream", new Response("text").body);
  const called = call("Promise.resolve", Promise, [1]);
  expect([...open].map(({ label }) => label)).toEqual(["a stream", "Promise.resolve"]);
  await Promise.all([noted, called]);
  expect(open.size).toBe(0);
});
