// What several test files share.

import { getEnv, worker } from "bunflare";

/** Calls the API with the token of `.dev.vars`. */
export function api(method: string, path: string, body?: unknown): Promise<Response> {
  return worker.fetch(`https://sho.rt/api/links${path}`, {
    method,
    headers: { authorization: `Bearer ${getEnv().API_TOKEN}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Opens a short link, without following it. */
export function visit(slug: string, headers: Record<string, string> = {}): Promise<Response> {
  return worker.fetch(`https://sho.rt/${slug}`, { redirect: "manual", headers });
}
