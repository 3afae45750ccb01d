// Bindings outside of an object: while it waits for KV or D1, other events of it are delivered, so a read-modify-write
// over them loses updates.

import { DurableObject } from "cloudflare:workers";
import type { D1Database, KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";
import { configOf } from "./support/inside.ts";

type Env = { OBJECTS: DurableObjectNamespace<Counter>; KV: KVNamespace; DB: D1Database };

export class Counter extends DurableObject<Env> {
  async addInKv(key: string): Promise<number> {
    const next = Number(await this.env.KV.get(key)) + 1;
    await this.env.KV.put(key, String(next));
    return next;
  }
  async addInD1(name: string): Promise<number> {
    const { DB } = this.env;
    const row = await DB.prepare("SELECT n FROM counts WHERE name = ?")
      .bind(name)
      .first<number>("n");
    const next = Number(row) + 1;
    await DB.prepare("INSERT OR REPLACE INTO counts VALUES (?, ?)").bind(name, next).run();
    return next;
  }
  async addInStorage(key: string): Promise<number> {
    const next = Number((await this.ctx.storage.get<number>(key)) ?? 0) + 1;
    await this.ctx.storage.put(key, next);
    return next;
  }
  async addInKvAlone(key: string): Promise<number> {
    return this.ctx.blockConcurrencyWhile(() => this.addInKv(key));
  }
}

export default script<Env>({
  id: "durable-objects-outside",
  compatibilityDate: "2026-11-01",
  config: {
    ...configOf("Counter"),
    kv_namespaces: [{ binding: "KV", id: "kv" }],
    d1_databases: [{ binding: "DB", database_name: "db", database_id: "db" }],
  },
  async run({ env, call, note }) {
    await env.DB.exec("CREATE TABLE counts (name TEXT PRIMARY KEY, n INTEGER)");
    const stub = env.OBJECTS.getByName("counter");
    const five = [1, 2, 3, 4, 5];
    const inKv = await Promise.all(five.map(() => stub.addInKv("n")));
    await note("five read-modify-writes in KV", inKv);
    const inD1 = await Promise.all(five.map(() => stub.addInD1("n")));
    await note("five read-modify-writes in D1", inD1);
    const inStorage = await Promise.all(five.map(() => stub.addInStorage("n")));
    await note("five read-modify-writes in storage", inStorage);
    const alone = await Promise.all(five.map(() => stub.addInKvAlone("alone")));
    await note("five read-modify-writes in KV, each inside blockConcurrencyWhile", alone);
    await call("stub.addInKv", stub, ["other"]);
  },
});
