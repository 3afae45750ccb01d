import { env } from "cloudflare:workers";

interface Env {
  KV: KVNamespace;
}

/** Set by the test file: what a request waits for. */
export const gate: { open: () => Promise<void> } = { open: async () => {} };

let counted = 0;

export default {
  async fetch(request: Request, { KV }: Env): Promise<Response> {
    if (request.url.endsWith("/count")) {
      counted++;
      return Response.json({ counted, same: KV === env.KV });
    }
    await gate.open();
    await KV.put("left by a request", "yes");
    return new Response("done");
  },
};
