// Calls handlers and functions themselves, with a context of the test.

import { expect, test } from "bun:test";
import { createExecutionContext, getEnv, waitOnExecutionContext } from "bunflare";
import { app } from "../src/app.ts";
import { findTarget } from "../src/cache.ts";
import worker from "../src/index.ts";
import { createLink } from "../src/store.ts";
import { InvalidInput, parseNewLink, randomSlug } from "../src/validate.ts";

test("a redirect leaves the counting to the context", async () => {
  const env = getEnv();
  await createLink(env.DB, { slug: "docs", url: "https://bun.com/docs", title: null });
  const ctx = createExecutionContext();
  const response = await worker.fetch(new Request("https://sho.rt/docs"), env, ctx);
  expect(response).toHaveStatus(302);
  await waitOnExecutionContext(ctx);
  expect(env.DB).toHaveRow("links", { slug: "docs", visits: 1 });
});

test("a look-up gives the target before it is in KV", async () => {
  const env = getEnv();
  await createLink(env.DB, { slug: "blog", url: "https://bun.com/blog", title: null });
  const ctx = createExecutionContext();
  expect(await findTarget(env, "blog", ctx)).toEqual({
    id: expect.any(String),
    url: "https://bun.com/blog",
  });
  await waitOnExecutionContext(ctx);
  expect(env.CACHE).toHaveKey("link:blog");
});

test("hono's own request() works with the env of the test", async () => {
  const response = await app.request("/health", {}, getEnv());
  expect(response).toHaveStatus(200);
});

test("waiting on a context rejects with the error of its background work", async () => {
  const ctx = createExecutionContext();
  ctx.waitUntil(Promise.reject(new Error("the log was not written")));
  expect(waitOnExecutionContext(ctx)).rejects.toThrow("the log was not written");
});

test("validation names what is wrong", () => {
  expect(() => parseNewLink("https://a.example", 32)).toThrow(InvalidInput);
  expect(parseNewLink({ url: "HTTPS://A.example", slug: "a" }, 32)).toEqual({
    url: "https://a.example/",
    slug: "a",
    title: null,
  });
});

test("random slugs differ", () => {
  expect(new Set(Array.from({ length: 100 }, randomSlug)).size).toBe(100);
});
