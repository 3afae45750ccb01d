// What mocks fetch comes before the guard of `network = "deny"`; what replaces `Request` does not open it.

import { afterAll, expect, spyOn, test } from "bun:test";
import { worker } from "bunflare";

const { Request } = globalThis;

afterAll(() => {
  globalThis.Request = Request;
});

test("a spy takes the place of the network", async () => {
  using spy = spyOn(globalThis, "fetch").mockResolvedValue(new Response("mocked"));
  await worker.fetch("https://a.test/outbound");
  expect(spy).toHaveBeenCalledTimes(1);
});

test.each([
  ["text", () => fetch("https://api.test/user")],
  ["URL", () => fetch(new URL("https://api.test/user"))],
  ["Request", () => fetch(new Request("https://api.test/user"))],
  ["worker", () => worker.fetch("https://a.test/outbound")],
])("a %s is stopped", async (_, send) => {
  await expect(send()).rejects.toThrow("a request to https://api.test/user was stopped");
});

test("is stopped where Request is another class", async () => {
  globalThis.Request = class extends Request {};
  await expect(fetch("https://api.test/user")).rejects.toThrow("was stopped");
});

test("this machine is no outside", async () => {
  using server = Bun.serve({ port: 0, fetch: () => new Response("local") });
  const response = await fetch(server.url);
  expect(await response.text()).toBe("local");
});
