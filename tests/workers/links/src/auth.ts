// Bearer token authorisation for the API.

import type { MiddlewareHandler } from "hono";

/** Lets a request pass only with the token of `API_TOKEN`. */
export const requireToken: MiddlewareHandler<{ Bindings: Env }> = async (c, next) => {
  const given = c.req.header("authorization") ?? "";
  if (!(await equalText(given, `Bearer ${c.env.API_TOKEN}`))) {
    c.header("www-authenticate", 'Bearer realm="links"');
    return c.json({ error: "a valid token is required" }, 401);
  }
  return next();
};

// Digests have one length and unpredictable bytes, so that comparing them tells nothing about the token.
async function equalText(a: string, b: string): Promise<boolean> {
  const [digestA, digestB] = await Promise.all([digest(a), digest(b)]);
  return digestA.every((byte, index) => byte === digestB[index]);
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
