// Where a slug leads, kept in KV in front of the database.

import { findLink } from "./store.ts";

/** What a redirect needs to know. */
export interface Target {
  id: string;
  url: string;
}

const keyOf = (slug: string): string => `link:${slug}`;

/** Where a slug leads; asks the database when KV does not know, and tells KV in the background. */
export async function findTarget(
  env: Env,
  slug: string,
  ctx: Pick<ExecutionContext, "waitUntil">,
): Promise<Target | null> {
  const cached = await env.CACHE.get<Target>(keyOf(slug), "json");
  if (cached !== null) return cached;
  const link = await findLink(env.DB, slug);
  if (link === null) return null;
  const target = { id: link.id, url: link.url };
  ctx.waitUntil(remember(env, slug, target));
  return target;
}

export async function forgetTarget(env: Env, slug: string): Promise<void> {
  await env.CACHE.delete(keyOf(slug));
}

async function remember(env: Env, slug: string, target: Target): Promise<void> {
  await env.CACHE.put(keyOf(slug), JSON.stringify(target), {
    expirationTtl: env.CACHE_TTL_SECONDS,
    metadata: { host: new URL(target.url).host },
  });
}
