// Each test but the last one fails, and the outer test reads where the runner says that it does.

import { expect, test } from "bun:test";
import { getEnv, worker } from "bunflare";

const PATHS = ["throws", "background", "query", "key", "outbound", "no-response"];

test.each(PATHS)("request %s", async (path) => {
  await worker.fetch(`https://a.test/${path}`);
});

test("request timer", async () => {
  await worker.fetch("https://a.test/timer");
  await new Promise((resolve) => setTimeout(resolve, 5));
});

test("request background, not awaited", () => {
  void worker.fetch("https://a.test/background");
});

test("matcher", () => {
  expect(getEnv<{ KV: KVNamespace }>().KV).toHaveKey("missing");
});

test("passes", async () => {
  expect(await worker.fetch("https://a.test/")).toHaveStatus(200);
});
