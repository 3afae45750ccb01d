import { beforeAll, expect, test } from "bun:test";
import { getEnv } from "bunflare";
import { createLink } from "../src/store.ts";
import { api } from "./support.ts";

interface Page {
  links: { slug: string }[];
  after: string | null;
}

const slugs = Array.from({ length: 45 }, (_, index) => `link-${String(index).padStart(2, "0")}`);

beforeAll(async () => {
  for (const slug of slugs.toReversed()) {
    await createLink(getEnv().DB, { slug, url: `https://example.com/${slug}`, title: null });
  }
});

test("lists links in order of their slugs, page by page", async () => {
  const pages: string[][] = [];
  let after: string | null = "";
  while (after !== null) {
    const response = await api("GET", `?after=${after}`);
    const page: Page = (await response.json()) as Page;
    pages.push(page.links.map((link) => link.slug));
    after = page.after;
  }
  expect(pages.map((page) => page.length)).toEqual([20, 20, 5]);
  expect(pages.flat()).toEqual(slugs);
});

test("ends with a full page when there is nothing after it", async () => {
  const response = await api("GET", "?after=link-24");
  const page = (await response.json()) as Page;
  expect(page.links).toHaveLength(20);
  expect(page.after).toBeNull();
});

test("gives smaller pages on request", async () => {
  const response = await api("GET", "?limit=3&after=link-10");
  expect(await response.json()).toMatchObject({
    links: [{ slug: "link-11" }, { slug: "link-12" }, { slug: "link-13" }],
    after: "link-13",
  });
});

test.each(["0", "21", "many", "1.5"])("refuses a page of %s links", async (limit) => {
  const response = await api("GET", `?limit=${limit}`);
  expect(response).toHaveStatus(400);
  expect(await response.json()).toEqual({ error: "limit must be a number from 1 to 20" });
});
