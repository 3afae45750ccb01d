// All routes.

import { Hono } from "hono";
import { api } from "./api.ts";
import { findTarget } from "./cache.ts";
import { recordVisit } from "./store.ts";

export const app = new Hono<{ Bindings: Env }>();

app.get("/health", (c) => c.text("ok"));

app.route("/api/links", api);

app.get("/:slug", async (c) => {
  const target = await findTarget(c.env, c.req.param("slug"), c.executionCtx);
  if (target === null) return c.text("There is no such link.", 404);
  const referrer = c.req.header("referer") ?? null;
  c.executionCtx.waitUntil(recordVisit(c.env.DB, target.id, referrer));
  c.header("cache-control", "private, no-store");
  return c.redirect(target.url, 302);
});
