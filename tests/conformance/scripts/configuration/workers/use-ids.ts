// A worker that has bindings of the same ids as another.

import { WorkerEntrypoint } from "cloudflare:workers";

interface Env {
  KV: Record<string, (...args: unknown[]) => Promise<unknown>>;
  DB: { prepare(sql: string): { first(): Promise<unknown> } };
}

export default class extends WorkerEntrypoint<Env> {
  kv(method: string, ...args: unknown[]): Promise<unknown> | undefined {
    return this.env.KV[method]?.(...args);
  }
  db(sql: string): Promise<unknown> {
    return this.env.DB.prepare(sql).first();
  }
}
