import type { DurableObjectNamespace } from "@cloudflare/workers-types";
import type { Env } from "../../runtime/env.ts";
import type { DurableObjectState } from "../../runtime/bindings/durable-objects/context.ts";
import { DurableObject } from "../../runtime/worker/classes.ts";
import { testBinding } from "./contract.ts";

class Counter extends DurableObject {
  async add(by: number): Promise<number> {
    const { storage } = this.ctx as DurableObjectState;
    const n = (((await storage.get("n")) as number | undefined) ?? 0) + by;
    await storage.put("n", n);
    return n;
  }
  sql(text: string): unknown {
    return (this.ctx as DurableObjectState).storage.sql.exec(text).toArray();
  }
  setAlarm(time: number): Promise<void> {
    return (this.ctx as DurableObjectState).storage.setAlarm(time);
  }
  getAlarm(): Promise<number | null> {
    return (this.ctx as DurableObjectState).storage.getAlarm();
  }
  async alarm(): Promise<void> {}
}

type Stub = Record<"add" | "sql" | "setAlarm" | "getAlarm", (arg?: unknown) => Promise<unknown>>;

const namespace = (env: Env): DurableObjectNamespace => env.OBJECTS as DurableObjectNamespace;
const stub = (env: Env): Stub => namespace(env).getByName("counter") as unknown as Stub;
const FAR = 4102444800000;

testBinding({
  kind: "durable-objects",
  name: "OBJECTS",
  config: {
    durable_objects: { bindings: [{ name: "OBJECTS", class_name: "Counter" }] },
    migrations: [{ tag: "v1", new_sqlite_classes: ["Counter"] }],
  },
  main: { Counter },
  steps: [
    (env) => stub(env).add(1),
    (env) => stub(env).add(2),
    (env) => stub(env).sql("CREATE TABLE t (a)"),
    (env) => stub(env).sql("INSERT INTO t VALUES (1) RETURNING a"),
    (env) => stub(env).sql("SELECT * FROM t"),
    (env) => stub(env).setAlarm(FAR),
    (env) => stub(env).getAlarm(),
  ],
  calls: {
    get: (env) => namespace(env).get(namespace(env).idFromName("a")),
    getByName: (env) => namespace(env).getByName("a"),
    idFromName: (env) => namespace(env).idFromName("a"),
    idFromString: (env) => namespace(env).idFromString("0".repeat(64)),
    jurisdiction: (env) => namespace(env).jurisdiction(undefined as never),
    newUniqueId: (env) => namespace(env).newUniqueId(),
  },
});
