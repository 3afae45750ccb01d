import { beforeEach, expect, test } from "bun:test";
import { getEnv, reset } from "bunflare";
import { api } from "./support.ts";

beforeEach(() => reset());

test("stores a link and answers with its short form", async () => {
  const response = await api("POST", "", {
    url: "https://bun.com/docs",
    slug: "docs",
    title: "Bun's documentation",
  });

  expect(response).toHaveStatus(201);
  expect(await response.json()).toEqual({
    slug: "docs",
    url: "https://bun.com/docs",
    title: "Bun's documentation",
    short: "https://sho.rt/docs",
    visits: 0,
    createdAt: expect.any(String),
  });
  expect(getEnv().DB).toHaveRow("links", {
    slug: "docs",
    url: "https://bun.com/docs",
    visits: 0,
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  });
});

test("makes a slug when none is given", async () => {
  const response = await api("POST", "", { url: "https://example.com" });
  expect(response).toHaveStatus(201);
  const { slug } = (await response.json()) as { slug: string };
  expect(slug).toMatch(/^[a-z2-9]{7}$/);
  expect(getEnv().DB).toHaveRow("links", { slug, url: "https://example.com/", title: null });
});

test("refuses a slug that is taken, and keeps the first link", async () => {
  await api("POST", "", { url: "https://bun.com/docs", slug: "docs" });
  const response = await api("POST", "", { url: "https://other.example", slug: "docs" });
  expect(response).toHaveStatus(409);
  expect(getEnv().DB).toHaveRow("links", { slug: "docs", url: "https://bun.com/docs" });
  expect(getEnv().DB).not.toHaveRow("links", { url: "https://other.example/" });
});

test.each([
  [{ url: "ftp://example.com" }, "url must be http or https"],
  [{ url: "not a url" }, "url must be http or https"],
  [{ slug: "docs" }, "url must be http or https"],
  [{ url: "https://a.example", slug: "Two words" }, "slug must be up to 32 of a-z, 0-9 and -"],
  [{ url: "https://a.example", slug: "x".repeat(33) }, "slug must be up to 32 of a-z, 0-9 and -"],
  [{ url: "https://a.example", slug: "api" }, 'slug "api" is reserved'],
  [{ url: "https://a.example", title: 5 }, "title must be text"],
  [null, "an object is expected"],
])("refuses %j", async (body, error) => {
  const response = await api("POST", "", body);
  expect(response).toHaveStatus(400);
  expect(await response.json()).toEqual({ error });
  expect(getEnv().DB).not.toHaveRow("links");
});

test("refuses a body that is not JSON", async () => {
  const response = await api("POST", "");
  expect(response).toHaveStatus(400);
  expect(await response.json()).toEqual({ error: "the body must be JSON" });
});
