// A further worker: answers requests with what it saw of them, or in one of the ways that a handler can go wrong.

import { WorkerEntrypoint } from "cloudflare:workers";

let requests = 0;

async function seen(request: Request): Promise<object> {
  const { method, url, redirect, cf, headers, signal } = request as Request & { cf: unknown };
  return {
    ...{ method, url, redirect, cf: cf ?? null, aborted: signal.aborted },
    headers: Object.fromEntries(headers),
    body: await request.text(),
  };
}

interface Context {
  waitUntil(promise: Promise<unknown>): void;
  props: unknown;
}

async function answer(request: Request, env: object, ctx: Context): Promise<Response> {
  requests++;
  const { pathname, searchParams } = new URL(request.url);
  switch (pathname) {
    case "/status":
      return new Response("body", { status: Number(searchParams.get("code")) });
    case "/empty":
      return new Response(null, { status: Number(searchParams.get("code")) });
    case "/slow":
      await new Promise((resolve) => setTimeout(resolve, 300));
      return new Response("slow");
    case "/text":
      return new Response("sent", { statusText: "Fine", headers: { "x-own": "1" } });
    case "/redirect":
      return Response.redirect(new URL("/landed", url(request)).href, 302);
    case "/away":
      return new Response(null, { status: 307, headers: { location: "/landed" } });
    case "/see-other":
      return new Response(null, { status: 303, headers: { location: "landed" } });
    case "/loop":
      return new Response(null, { status: 302, headers: { location: "/loop" } });
    case "/nowhere":
      return new Response(null, { status: 302 });
    case "/throw":
      throw new RangeError("out of range");
    case "/custom":
      throw Object.assign(new (class Mine extends Error {})("mine"), { name: "Mine", extra: 1 });
    case "/string":
      throw "text";
    case "/object":
      throw { code: 5 };
    case "/nothing":
      return undefined as unknown as Response;
    case "/number":
      return 5 as unknown as Response;
    case "/used": {
      const response = new Response("used");
      await response.text();
      return response;
    }
    case "/set":
      request.headers.set("x-set", "1");
      return new Response("set");
    case "/background":
      ctx.waitUntil(Promise.resolve(1));
      return new Response("answered");
    case "/env":
      return Response.json({ env: Object.keys(env).sort(), props: ctx.props ?? null });
    case "/json":
      return Response.json({ deep: { list: [1] } }, { headers: { "set-cookie": "a=1" } });
    case "/stream":
      return new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode("one "));
            controller.enqueue(new TextEncoder().encode("two"));
            controller.close();
          },
        }),
      );
    case "/broken":
      return new Response(
        new ReadableStream({
          start(controller) {
            controller.error(new TypeError("broken in the middle"));
          },
        }),
      );
  }
  return Response.json(await seen(request));
}

function url(request: Request): string {
  return request.url;
}

export class Counter extends WorkerEntrypoint {
  count = 0;
  increment(): number[] {
    return [++this.count, requests > 0 ? 1 : 0];
  }
  own(): string[] {
    return Object.keys(this.env).sort();
  }
}

export default { fetch: answer };
