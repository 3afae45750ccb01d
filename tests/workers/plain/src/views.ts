// Counts views of pages: in KV for good, and in this isolate's memory for the day's log line.

import { env } from "cloudflare:workers";

const seenHere = new Map<string, number>();

/** Counts one view and gives the number of all of them. */
export async function countView(path: string): Promise<number> {
  seenHere.set(path, (seenHere.get(path) ?? 0) + 1);
  const views = Number((await env.VIEWS.get(path)) ?? 0) + 1;
  await env.VIEWS.put(path, String(views), {
    expirationTtl: env.OPTIONS.keepDays * 86_400,
    metadata: { last: path },
  });
  return views;
}

/** How often this isolate has seen a path. */
export function seenInThisIsolate(path: string): number {
  return seenHere.get(path) ?? 0;
}
