// The Worker as it is configured for staging: `wrangler deploy --env staging`.

import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { getEnv, reset } from "bunflare";
import { api, visit } from "./support.ts";

const chosen = process.env.CLOUDFLARE_ENV;

// It is read when the file first uses a binding, so a file can choose its environment.
beforeAll(() => {
  process.env.CLOUDFLARE_ENV = "staging";
});

afterAll(() => {
  if (chosen === undefined) delete process.env.CLOUDFLARE_ENV;
  else process.env.CLOUDFLARE_ENV = chosen;
});

beforeEach(() => reset());

test("has the variables of staging, and the secret of .dev.vars", () => {
  const env = getEnv();
  expect(env.PUBLIC_URL).toBe("https://staging.sho.rt");
  expect(env.CACHE_TTL_SECONDS).toBe(60);
  expect(env.API_TOKEN).toBe("local-token-of-nobody");
});

test("answers with short links of staging", async () => {
  const response = await api("POST", "", { url: "https://bun.com", slug: "bun" });
  expect(await response.json()).toMatchObject({ short: "https://staging.sho.rt/bun" });
});

test("has smaller pages", async () => {
  for (const slug of ["a", "b", "c"]) {
    await api("POST", "", { url: `https://${slug}.example`, slug });
  }
  const response = await api("GET", "");
  expect(await response.json()).toMatchObject({
    links: [{ slug: "a" }, { slug: "b" }],
    after: "b",
  });
});

test("keeps links in KV for a minute", async () => {
  await api("POST", "", { url: "https://bun.com", slug: "bun" });
  await visit("bun");
  const { keys } = await getEnv().CACHE.list();
  expect((keys[0]?.expiration ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(61);
});
