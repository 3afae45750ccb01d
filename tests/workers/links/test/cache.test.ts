import { beforeEach, expect, test } from "bun:test";
import { getEnv, reset } from "bunflare";
import { api, visit } from "./support.ts";

beforeEach(async () => {
  reset();
  await api("POST", "", { url: "https://bun.com/docs", slug: "docs" });
});

test("puts a link into KV at its first visit", async () => {
  const { CACHE } = getEnv();
  expect(CACHE).not.toHaveKey("link:docs");
  await visit("docs");
  expect(CACHE).toHaveKey("link:docs", { id: expect.any(String), url: "https://bun.com/docs" });
  const { metadata } = await CACHE.getWithMetadata("link:docs");
  expect(metadata).toEqual({ host: "bun.com" });
});

test("answers from KV without asking the database", async () => {
  const { CACHE, DB } = getEnv();
  await visit("docs");
  await DB.prepare("UPDATE links SET url = ? WHERE slug = ?")
    .bind("https://changed.example/", "docs")
    .run();
  const response = await visit("docs");
  expect(response.headers.get("location")).toBe("https://bun.com/docs");
  await CACHE.delete("link:docs");
  const later = await visit("docs");
  expect(later.headers.get("location")).toBe("https://changed.example/");
});

test("keeps a link in KV for the configured time", async () => {
  await visit("docs");
  const { keys } = await getEnv().CACHE.list({ prefix: "link:" });
  expect(keys).toEqual([
    { name: "link:docs", expiration: expect.any(Number), metadata: { host: "bun.com" } },
  ]);
  const inSeconds = (keys[0]?.expiration ?? 0) - Date.now() / 1000;
  expect(inSeconds).toBeGreaterThan(3590);
  expect(inSeconds).toBeLessThanOrEqual(3601);
});

test("does not remember slugs that lead nowhere", async () => {
  await visit("nowhere");
  expect(getEnv().CACHE).not.toHaveKey("link:nowhere");
});

test("forgets a link that is deleted, with its visits", async () => {
  await visit("docs");
  expect(await api("DELETE", "/docs")).toHaveStatus(204);
  expect(getEnv().CACHE).not.toHaveKey("link:docs");
  expect(getEnv().DB).not.toHaveRow("links", { slug: "docs" });
  expect(getEnv().DB).not.toHaveRow("visits");
  expect(await visit("docs")).toHaveStatus(404);
});
