// What a stub's `fetch` sends and gives back.

import { DurableObject } from "cloudflare:workers";
import { script } from "../../script.ts";
import { configOf } from "./support/inside.ts";

export class Echo extends DurableObject {
  override async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    switch (pathname) {
      case "/redirect":
        return new Response(null, { status: 302, headers: { location: "/landed?x=1" } });
      case "/status":
        return new Response("body", { status: Number(searchParams.get("code")) });
      case "/id":
        return Response.json([this.ctx.id.name ?? null, this.ctx.id.toString().length]);
    }
    const { method, url, redirect } = request;
    const body = await request.text();
    const headers = Object.fromEntries(request.headers);
    return Response.json({ method, url, redirect, body, headers }, { headers: { "x-echo": "1" } });
  }
}

export default script<{ OBJECTS: DurableObjectNamespace }>({
  id: "durable-objects-fetch",
  compatibilityDate: "2026-11-01",
  config: configOf("Echo"),
  async run({ env: { OBJECTS }, call }) {
    const stub = OBJECTS.get(OBJECTS.idFromName("name"));
    await call("stub.fetch", stub, ["http://object/path?q=1"]);
    await call("stub.fetch of a URL", stub, [new URL("https://object/url")]);
    await call("stub.fetch with init", stub, [
      "http://object/init",
      { method: "POST", body: "sent", headers: { "x-a": "1" } },
    ]);
    await call("stub.fetch of a request", stub, [
      new Request("http://object/request", { method: "PUT", body: "put" }),
    ]);
    await call("stub.fetch of a request with init", stub, [
      new Request("http://object/both", { headers: { "x-a": "1" } }),
      { method: "DELETE" },
    ]);
    await call.with({ counts: false }, "stub.fetch by name in ctx.id", stub, ["http://object/id"]);
    const byText = OBJECTS.get(OBJECTS.idFromString(stub.id.toString()));
    await call.with({ counts: false }, "fetch by text", byText, ["http://object/id"]);
    await call.with({ counts: false }, "stub.fetch follows", stub, ["http://object/redirect", {}]);
    await call("stub.fetch manually", stub, ["http://object/redirect", { redirect: "manual" }]);
    await call("stub.fetch of 404", stub, ["http://object/status?code=404", { headers: {} }]);
    const response = await stub.fetch("http://object/x");
    await call.with({ counts: false }, "headers.set of a response", response.headers, ["x-a", "1"]);
  },
});
