// The same tests stand in b.test.ts: whichever runs second finds neither the data nor the memory of the first.

import { beforeAll, expect, test } from "bun:test";
import { env } from "cloudflare:workers";
import { createExecutionContext, getEnv, reset, waitOnExecutionContext, worker } from "bunflare";
import handler from "../src/worker.ts";

interface Answer {
  greeting: string;
  views: number;
  inThisIsolate: number;
  requests: number;
}

const view = async (): Promise<Answer> =>
  (await worker.fetch("https://plain.test/about")).json() as Promise<Answer>;

let first: Answer;

beforeAll(async () => {
  first = await view();
});

test("starts with no data and no memory", () => {
  expect(first).toEqual({ greeting: "Hello", views: 1, inThisIsolate: 1, requests: 1 });
});

test("keeps its data from test to test of a file", async () => {
  const { views } = await view();
  expect(views).toBeGreaterThan(0);
  expect(env.VIEWS).toHaveKey("/about", String(views));
});

test("forgets its data, and not its memory, on reset()", async () => {
  const before = await view();
  reset();
  expect(env.VIEWS).not.toHaveKey("/about");
  expect(await view()).toEqual({
    greeting: "Hello",
    views: 1,
    inThisIsolate: before.inThisIsolate + 1,
    requests: before.requests + 1,
  });
});

test("notes the last page after the answer", async () => {
  const ctx = createExecutionContext();
  const response = await handler.fetch(new Request("https://plain.test/"), getEnv(), ctx);
  expect(response).toHaveStatus(200);
  await waitOnExecutionContext(ctx);
  expect(env.VIEWS).toHaveKey("last", "/");
});

test("shows the same variables through every way to env", () => {
  expect(getEnv().GREETING).toBe("Hello");
  expect(env.GREETING).toBe("Hello");
  expect(env.OPTIONS).toEqual({ keepDays: 30, paths: ["/", "/about"] });
});

test("answers 404 for pages that it does not know", async () => {
  expect(await worker.fetch("https://plain.test/elsewhere")).toHaveStatus(404);
});
