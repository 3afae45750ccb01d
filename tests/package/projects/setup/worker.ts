import { env } from "cloudflare:workers";
import { EOL } from "node:os";
import { name } from "./clock.ts";
import { send } from "./mail.ts";

export default {
  async fetch(_request: Request, { KV }: { KV: KVNamespace }): Promise<Response> {
    const { STAGE } = env as { STAGE: string };
    const seeded = await KV.get("seeded");
    return Response.json({ mail: send(), clock: name, eol: EOL, stage: STAGE, seeded });
  },
};
