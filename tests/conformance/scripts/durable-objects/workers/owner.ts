// The worker that exports the class which another worker's objects are of.

import { DurableObject } from "cloudflare:workers";

type Env = { readonly NAME: string; readonly OWN: DurableObjectNamespace };

export class Shared extends DurableObject<Env> {
  async add(by: number): Promise<number> {
    const { sql } = this.ctx.storage;
    sql.exec("CREATE TABLE IF NOT EXISTS sums (sum)");
    sql.exec("INSERT INTO sums VALUES (?)", by);
    return sql.exec<{ n: number }>("SELECT sum(sum) AS n FROM sums").one().n;
  }
  where(): string {
    return this.env.NAME;
  }
  override async fetch(): Promise<Response> {
    return new Response(this.env.NAME);
  }
}

export default {
  async fetch(_: Request, { OWN }: Env): Promise<Response> {
    const id = OWN.idFromName("shared");
    const stub = OWN.get(id) as unknown as { add(by: number): Promise<number> };
    return Response.json([String(id), await stub.add(10)]);
  },
};
