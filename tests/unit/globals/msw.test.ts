// msw replaces fetch and makes responses of its own; both ways round it works over the patched globals. Version 2: version 3
// intercepts sockets, which Bun's fetch does not go through, patched or not; its handlers are used by hand.

import { afterAll, afterEach, expect, test } from "bun:test";
import { patchGlobals } from "../../../runtime/globals/index.ts";

const undo = patchGlobals();
const { http, HttpResponse, passthrough } = await import("msw-2");
const { setupServer } = await import("msw-2/node");

const real = Bun.serve({ port: 0, fetch: () => new Response("real") });
const server = setupServer(
  http.get("https://api.test/user", () => HttpResponse.json({ name: "ada" }, { status: 203 })),
  http.post("https://api.test/echo", async ({ request }) =>
    HttpResponse.text(await request.text()),
  ),
  http.get("https://api.test/empty", () => new HttpResponse(null, { status: 204 })),
  http.get("https://api.test/fails", () => HttpResponse.error()),
  http.get(real.url.href, () => passthrough()),
);
server.listen({ onUnhandledRequest: "error" });

afterEach(() => server.resetHandlers());
afterAll(async () => {
  server.close();
  await real.stop(true);
  undo();
});

test("a mocked response is a Response with its status, type and body", async () => {
  const response = await fetch("https://api.test/user");
  expect(response).toBeInstanceOf(Response);
  expect([response.status, response.headers.get("content-type")]).toEqual([
    203,
    "application/json",
  ]);
  expect(await response.json()).toEqual({ name: "ada" });
});

test("a mock sees the body of the request", async () => {
  const response = await fetch("https://api.test/echo", { method: "POST", body: "hello" });
  expect(await response.text()).toBe("hello");
  const request = new Request("https://api.test/echo", { method: "POST", body: "again" });
  expect(await (await fetch(request)).text()).toBe("again");
});

test("a mock may have no body, fail, or let the request through", async () => {
  expect((await fetch("https://api.test/empty")).status).toBe(204);
  await expect(fetch("https://api.test/fails")).rejects.toThrow(TypeError);
  expect(await (await fetch(real.url)).text()).toBe("real");
});

test("handlers of version 3 answer a patched Request with a Response", async () => {
  const { getResponse, http, HttpResponse } = await import("msw");
  const handlers = [
    http.put("https://api.test/:name", async ({ request, params }) =>
      HttpResponse.json({ ...params, body: await request.json() }, { status: 201 }),
    ),
  ];
  const init = { method: "PUT", body: "[1]", headers: { "content-type": "application/json" } };
  const response = await getResponse(handlers, new Request("https://api.test/ada", init));
  expect(response).toBeInstanceOf(Response);
  expect(response?.status).toBe(201);
  expect(await response?.json()).toEqual({ name: "ada", body: [1] });
});
