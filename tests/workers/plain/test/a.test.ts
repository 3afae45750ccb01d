// The same tests stand in b.test.ts: whichever runs second finds neither the data nor the memory of the first.

import { expect, test } from "bun:test";
import { env } from "cloudflare:workers";
import { getEnv, reset, worker } from "bunflare";

const PAGE = "https://plain.test/about";

test("counts from one in KV and in the memory of the worker", async () => {
  const first = await worker.fetch(PAGE);
  expect(await first.json()).toEqual({
    greeting: "Hello",
    views: 1,
    inThisIsolate: 1,
    requests: 1,
  });
  const second = await worker.fetch(PAGE);
  expect(await second.json()).toMatchObject({ views: 2, inThisIsolate: 2, requests: 2 });
});

test("keeps its state from test to test of a file", async () => {
  expect(env.VIEWS).toHaveKey("/about", "2");
  expect(env.VIEWS).toHaveKey("last", "/about");
});

test("forgets its data, and not its memory, on reset()", async () => {
  reset();
  expect(env.VIEWS).not.toHaveKey("/about");
  const response = await worker.fetch(PAGE);
  expect(await response.json()).toMatchObject({ views: 1, inThisIsolate: 3, requests: 3 });
});

test("shows the same variables through every way to env", () => {
  expect(getEnv().GREETING).toBe("Hello");
  expect(env.GREETING).toBe("Hello");
  expect(env.OPTIONS).toEqual({ keepDays: 30, paths: ["/", "/about"] });
});

test("answers 404 for pages that it does not know", async () => {
  expect(await worker.fetch("https://plain.test/elsewhere")).toHaveStatus(404);
});
