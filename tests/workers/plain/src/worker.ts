// Greets, and says how often it was asked to.

import { env } from "cloudflare:workers";
import { countView, seenInThisIsolate } from "./views.ts";

let requests = 0;

export default {
  async fetch(request, _env, ctx): Promise<Response> {
    requests++;
    const { pathname } = new URL(request.url);
    const paths: readonly string[] = env.OPTIONS.paths;
    if (!paths.includes(pathname)) return new Response("Not found", { status: 404 });
    const views = await countView(pathname);
    ctx.waitUntil(env.VIEWS.put("last", pathname));
    return Response.json({
      greeting: env.GREETING,
      views,
      inThisIsolate: seenInThisIsolate(pathname),
      requests,
    });
  },
} satisfies ExportedHandler<Env>;
