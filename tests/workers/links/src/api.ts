// The API: /api/links.

import { Hono } from "hono";
import { requireToken } from "./auth.ts";
import { forgetTarget } from "./cache.ts";
import type { Link } from "./schema.ts";
import { createLink, deleteLink, findLink, listLinks, topReferrers } from "./store.ts";
import { InvalidInput, parseNewLink, parsePageSize } from "./validate.ts";

const REFERRERS_MAX = 10;

export const api = new Hono<{ Bindings: Env }>();

api.use(requireToken);

api.onError((error, c) => {
  if (error instanceof InvalidInput) return c.json({ error: error.message }, 400);
  throw error;
});

api.post("/", async (c) => {
  const input: unknown = await c.req.json().catch(() => {
    throw new InvalidInput("the body must be JSON");
  });
  const link = await createLink(c.env.DB, parseNewLink(input, c.env.LIMITS.slug));
  if (link === null) return c.json({ error: "slug is taken" }, 409);
  return c.json(present(link, c.env), 201);
});

api.get("/", async (c) => {
  const limit = parsePageSize(c.req.query("limit"), c.env.LIMITS.page);
  // One more than asked for tells whether there is another page.
  const found = await listLinks(c.env.DB, c.req.query("after") ?? "", limit + 1);
  const page = found.slice(0, limit);
  return c.json({
    links: page.map((link) => present(link, c.env)),
    after: found.length > limit ? (page.at(-1)?.slug ?? null) : null,
  });
});

api.get("/:slug", async (c) => {
  const link = await findLink(c.env.DB, c.req.param("slug"));
  if (link === null) return c.json({ error: "no such link" }, 404);
  const referrers = await topReferrers(c.env.DB, link.id, REFERRERS_MAX);
  return c.json({ ...present(link, c.env), referrers });
});

api.delete("/:slug", async (c) => {
  const slug = c.req.param("slug");
  if (!(await deleteLink(c.env.DB, slug))) return c.json({ error: "no such link" }, 404);
  await forgetTarget(c.env, slug);
  return c.body(null, 204);
});

function present(link: Link, env: Env) {
  return {
    slug: link.slug,
    url: link.url,
    title: link.title,
    short: `${env.PUBLIC_URL}/${link.slug}`,
    visits: link.visits,
    createdAt: link.createdAt,
  };
}
