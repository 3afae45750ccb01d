// Seeded data in place of requests that make it.

import { beforeEach, expect, test } from "bun:test";
import { getEnv, reset, worker } from "bunflare";
import { buildRequest, defineFixture, seed } from "bunflare/fixtures";

const link = defineFixture<{ slug: string; url: string; visits: number }>({
  table: "links",
  build: ({ faker, sequence }) => ({ slug: `link-${sequence}`, url: faker.internet.url() }),
});

beforeEach(() => reset());

test("a seeded link is followed", async () => {
  const { url } = link.create(getEnv().DB, { slug: "docs" });
  const response = await worker.fetch(buildRequest("https://sho.rt/docs"), { redirect: "manual" });
  expect(response).toHaveStatus(302);
  expect(response).toHaveHeader("location", url);
});

test("rows fit the migrated schema", () => {
  const { links } = seed(getEnv().DB, { links: 25 });
  expect(new Set(links.map(({ slug }) => slug)).size).toBe(25);
  expect(getEnv().DB).toHaveRowCount("links", 25);
  expect(getEnv()).toMatchState({ DB: { links: expect.any(Array) } });
});
