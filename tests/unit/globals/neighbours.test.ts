// What lives beside the patched globals keeps working: Bun.serve, real fetch, HTMLRewriter, node:http, hono.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { patchGlobals } from "../../../runtime/globals/index.ts";

const undo = patchGlobals();
let server: ReturnType<typeof serve>;

beforeAll(() => {
  server = serve();
});

afterAll(async () => {
  await server.stop(true);
  undo();
});

function serve() {
  const answers: Record<string, (request: Request) => Response | Promise<Response>> = {
    "/text": () => new Response("hi"),
    "/looked-at": () => {
      const response = new Response("hi");
      if (response.body === null) throw new Error("no body");
      return response;
    },
    "/json": () => Response.json({ a: 1 }),
    "/blob": () => new Response(new Blob(["x"], { type: "text/plain" })),
    "/form": () => new Response(new URLSearchParams("a=b")),
    "/rewrapped": () => {
      const first = new Response("abc", { status: 201 });
      return new Response(first.body, first);
    },
    "/identity": () => {
      const { readable, writable } = new IdentityTransformStream();
      const writer = writable.getWriter();
      void writer.write("abc");
      void writer.close();
      return new Response(readable);
    },
    "/echo": async (request) =>
      Response.json({
        type: request.headers.get("content-type"),
        length: request.headers.get("content-length"),
        body: await request.text(),
      }),
    "/request": async (request) => {
      const copy = new Request(request);
      return Response.json([
        request instanceof Request,
        request.constructor === Request,
        copy.cf === undefined,
        await copy.text(),
      ]);
    },
    "/moved": (request) => Response.redirect(new URL("/text", request.url).href),
  };
  return Bun.serve({
    port: 0,
    fetch: (request) =>
      answers[new URL(request.url).pathname]?.(request) ?? new Response("none", { status: 404 }),
  });
}

const at = (path: string): string => new URL(path, server.url).href;

test.each([
  ["/text", "text/plain;charset=utf-8", "hi"],
  ["/looked-at", "text/plain;charset=utf-8", "hi"],
  ["/json", "application/json", '{"a":1}'],
  ["/blob", "text/plain", "x"],
  ["/form", "application/x-www-form-urlencoded;charset=UTF-8", "a=b"],
  ["/rewrapped", "text/plain;charset=UTF-8", "abc"],
  ["/identity", null, "abc"],
])("Bun.serve sends %s as it is", async (path, type, body) => {
  const response = await fetch(at(path));
  expect(response.headers.get("content-type")).toBe(type);
  expect(await response.text()).toBe(body);
});

test("Bun.serve's request is a Request and can be copied", async () => {
  const response = await fetch(at("/request"), { method: "POST", body: "x" });
  expect(await response.json()).toEqual([true, true, true, "x"]);
});

test("real fetch sends a text with its length and type, from a URL and from a Request", async () => {
  const sent = { type: "text/plain;charset=UTF-8", length: "1", body: "x" };
  const init = { method: "POST", body: "x" };
  expect(await (await fetch(at("/echo"), init)).json()).toEqual(sent);
  const request = new Request(at("/echo"), init);
  expect(await (await fetch(request)).json()).toEqual(sent);
  expect(request.bodyUsed).toBe(true);
});

test("real fetch gives a Response of the patched class with immutable headers", async () => {
  const response = await fetch(at("/moved"));
  expect(response).toBeInstanceOf(Response);
  expect(response.constructor).toBe(Response);
  expect([response.redirected, response.statusText]).toEqual([true, "OK"]);
  expect(() => response.headers.set("a", "b")).toThrow("Can't modify immutable headers.");
  const copy = new Response(response.body, response);
  copy.headers.set("a", "b");
  expect(await copy.text()).toBe("hi");
});

test("a fetched body can be cloned and read with a buffer", async () => {
  const response = await fetch(at("/json"));
  const copy = response.clone();
  const reader = response.body?.getReader({ mode: "byob" } as never) as unknown;
  const { value } = await (reader as ReadableStreamBYOBReader).readAtLeast(3, new Uint8Array(4));
  expect(value).toEqual(new TextEncoder().encode('{"a"'));
  expect(await copy.json()).toEqual({ a: 1 });
});

test("an aborted fetch rejects with workerd's words", async () => {
  const controller = new AbortController();
  const fetched = fetch(at("/text"), { signal: controller.signal });
  controller.abort();
  await expect(fetched).rejects.toThrow("The operation was aborted");
});

test("HTMLRewriter keeps type and status, and gives a Response of the patched class", async () => {
  const source = new Response("<p>x</p>", { status: 201 });
  const result = new HTMLRewriter()
    .on("p", { element: (element) => void element.setInnerContent("y") })
    .transform(source);
  expect([result.constructor === Response, result.status]).toEqual([true, 201]);
  expect(result.headers.get("content-type")).toBe("text/plain;charset=UTF-8");
  expect(await result.text()).toBe("<p>y</p>");
});

test("node:http reads headers", async () => {
  const { get } = await import("node:http");
  const { promise, resolve } = Promise.withResolvers<unknown>();
  get(at("/json"), (message) => {
    message.resume();
    message.on("end", () => resolve(message.headers["content-type"]));
  });
  expect(await promise).toBe("application/json");
});

test("hono answers requests, with middleware that rewraps the body", async () => {
  const app = new Hono();
  app.use(compress());
  app.get("/json", (c) => c.json({ a: 1 }));
  app.post("/form", async (c) => c.text(JSON.stringify(await c.req.parseBody())));
  app.get("/header", (c) => {
    c.header("x-a", "b");
    return c.body(null, 204);
  });
  app.get("/long", (c) => c.text("x".repeat(5000)));
  const json = await app.request("/json");
  expect(json).toBeInstanceOf(Response);
  expect(await json.json()).toEqual({ a: 1 });
  const form = new FormData();
  form.append("a", "b");
  const posted = await app.request("/form", { method: "POST", body: form });
  expect(await posted.text()).toBe('{"a":"b"}');
  const empty = await app.request("/header");
  expect([empty.status, empty.headers.get("x-a"), empty.body]).toEqual([204, "b", null]);
  const long = await app.request("/long", { headers: { "accept-encoding": "gzip" } });
  expect(long.headers.get("content-encoding")).toBe("gzip");
  expect(Bun.gunzipSync(await long.arrayBuffer()).length).toBe(5000);
});
