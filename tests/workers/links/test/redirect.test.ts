import { beforeEach, expect, test } from "bun:test";
import { getEnv, reset, stateOf, worker } from "bunflare";
import { api, visit } from "./support.ts";

beforeEach(async () => {
  reset();
  await api("POST", "", { url: "https://bun.com/docs", slug: "docs" });
});

test("redirects to the link's URL and is not cached by browsers", async () => {
  const response = await worker.fetch("https://sho.rt/docs", { redirect: "manual" });
  expect(response).toHaveStatus(302);
  expect(response.headers.get("location")).toBe("https://bun.com/docs");
  expect(response.headers.get("cache-control")).toBe("private, no-store");
});

test("counts the visit after the answer", async () => {
  await visit("docs");
  expect(getEnv().DB).toHaveRow("links", { slug: "docs", visits: 1 });
  expect(getEnv().DB).toHaveRow("visits", { referrer: null });
});

test("keeps the referrer of a visit", async () => {
  await visit("docs");
  await visit("docs", { referer: "https://news.example/" });
  await visit("docs", { referer: "https://news.example/" });
  const response = await api("GET", "/docs");
  expect(await response.json()).toMatchObject({
    slug: "docs",
    visits: 3,
    referrers: [
      { referrer: "https://news.example/", visits: 2 },
      { referrer: null, visits: 1 },
    ],
  });
});

test("answers 404 for an unknown slug and counts nothing", async () => {
  expect(await visit("nowhere")).toHaveStatus(404);
  expect(getEnv().DB).toHaveRow("links", { slug: "docs", visits: 0 });
  expect(getEnv().DB).not.toHaveRow("visits");
});

test("leaves a state that is the same in every run", async () => {
  await visit("docs");
  await visit("docs", { referer: "https://news.example/" });
  expect(stateOf(getEnv())).toMatchSnapshot();
});
