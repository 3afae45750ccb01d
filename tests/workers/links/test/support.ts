// What several test files share.

import { createExecutionContext, getEnv, waitOnExecutionContext, worker } from "bunflare";
import handler from "../src/index.ts";

/** Calls the API with the token of `.dev.vars`. */
export function api(method: string, path: string, body?: unknown): Promise<Response> {
  return worker.fetch(`https://sho.rt/api/links${path}`, {
    method,
    headers: { authorization: `Bearer ${getEnv().API_TOKEN}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Opens a short link, and waits until the visit is counted. */
export async function visit(slug: string, headers: Record<string, string> = {}): Promise<Response> {
  const ctx = createExecutionContext();
  const request = new Request(`https://sho.rt/${slug}`, { headers });
  const response = await handler.fetch(request, getEnv(), ctx);
  await waitOnExecutionContext(ctx);
  return response;
}
