import { expect, test } from "bun:test";
import { getEnv, stateOf, worker } from "bunflare";
import { api } from "./support.ts";

const LINKS = "https://sho.rt/api/links";

test.each([
  [{}],
  [{ authorization: "Bearer wrong" }],
  [{ authorization: "Bearer " }],
  [{ authorization: "local-token-of-nobody" }],
])("refuses a request with %j", async (headers) => {
  const response = await worker.fetch(LINKS, {
    method: "POST",
    headers,
    body: JSON.stringify({ url: "https://example.com", slug: "intruder" }),
  });
  expect(response).toHaveStatus(401);
  expect(response.headers.get("www-authenticate")).toBe('Bearer realm="links"');
  expect(stateOf(getEnv().DB)).toEqual({ links: [], visits: [] });
});

test("lets the token of .dev.vars pass", async () => {
  expect(getEnv().API_TOKEN).toBe("local-token-of-nobody");
  expect(await api("GET", "")).toHaveStatus(200);
});

test("asks for no token outside of the API", async () => {
  const response = await worker.fetch("https://sho.rt/health");
  expect(response).toHaveStatus(200);
  expect(await response.text()).toBe("ok");
});
