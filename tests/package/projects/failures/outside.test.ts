// What fails outside of tests fails the run; what is taken there does not.

import { expect, test } from "bun:test";
import { createExecutionContext, waitOnExecutionContext, worker } from "bunflare";

const ctx = createExecutionContext();
ctx.waitUntil(Promise.reject(new Error("taken")));
await waitOnExecutionContext(ctx).catch(() => {});

await worker.fetch("https://a.test/background");

test("passes", () => {
  expect(1).toBe(1);
});
