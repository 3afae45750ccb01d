// The test runner's own matchers, mocks, timers and snapshots over the patched globals.

import { afterAll, expect, mock, spyOn, test, vi } from "bun:test";
import { patchGlobals } from "../../../runtime/globals/index.ts";

const undo = patchGlobals();
afterAll(undo);

test("instances match their classes", () => {
  const request = new Request("https://a.test/");
  expect(new Response("x")).toBeInstanceOf(Response);
  expect(request).toBeInstanceOf(Request);
  expect(request.headers).toBeInstanceOf(Headers);
  expect(new Response(new Uint8Array(1)).body).toBeInstanceOf(ReadableStream);
  expect(new File([], "a")).toBeInstanceOf(Blob);
  expect(new Blob([])).not.toBeInstanceOf(File);
  expect({ response: new Response("x") }).toEqual({ response: expect.any(Response) });
});

test("spies stand in for fetch and for methods of the prototypes", async () => {
  const spied = spyOn(globalThis, "fetch").mockResolvedValue(new Response("mocked"));
  expect(await (await fetch("https://a.test/")).text()).toBe("mocked");
  expect(spied).toHaveBeenCalledWith("https://a.test/");
  spied.mockRestore();
  const json = spyOn(Response.prototype, "json").mockResolvedValue({ a: 1 });
  expect(await new Response("x").json()).toEqual({ a: 1 });
  json.mockRestore();
  expect(await new Response("[1]").json()).toEqual([1]);
});

test("a global can be replaced and put back by plain assignment", () => {
  const { WebSocket, fetch } = globalThis;
  const fake = mock(() => Promise.resolve(new Response("fake")));
  globalThis.fetch = fake as unknown as typeof fetch;
  void globalThis.fetch("https://a.test/");
  globalThis.fetch = fetch;
  expect(fake).toHaveBeenCalledTimes(1);
  expect([globalThis.fetch, globalThis.WebSocket]).toEqual([fetch, WebSocket]);
});

test("fake timers move a wait of the scheduler", async () => {
  vi.useFakeTimers();
  try {
    const waited = scheduler.wait(5000);
    vi.advanceTimersByTime(5000);
    expect(await waited).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});

test("the console shows responses and headers as it does without patches", () => {
  const shown = Bun.inspect(new Response("x", { headers: { a: "b" } }));
  expect(shown).toContain("Response (1 bytes)");
  expect(shown).toContain('"a": "b"');
});
