// `ctx` and the stub from all sides: members, wrong arguments, detached methods.

import { DurableObject } from "cloudflare:workers";
import { script } from "../../script.ts";
import { configOf, stepsOf, subject } from "./support/inside.ts";

export class Subject extends subject({
  async ctx({ ctx, call, chain, note, storage }) {
    await call("ctx.waitUntil", ctx, [Promise.resolve()]);
    await call("ctx.waitUntil nothing", ctx, []);
    await call("ctx.waitUntil text", ctx, ["text"]);
    await call("ctx.blockConcurrencyWhile", ctx, [async () => 5]);
    await call.with({ counts: false }, "ctx.blockConcurrencyWhile nothing", ctx, []);
    await call("ctx.blockConcurrencyWhile text", ctx, ["text"]);
    await call("ctx.blockConcurrencyWhile an object", ctx, [{}]);
    await note("own keys", Object.keys(ctx));
    await note("own names", Reflect.ownKeys(ctx).map(String));
    await note("same storage", ctx.storage === ctx.storage);
    await note("same id", ctx.id === ctx.id);
    await note("same sql", storage.sql === storage.sql);
    await note("same kv", storage.kv === storage.kv);
    await note(
      "tags",
      [ctx, storage, storage.sql, storage.kv, ctx.id].map((each) =>
        Object.prototype.toString.call(each),
      ),
    );
    await note("own keys of storage", Reflect.ownKeys(storage).map(String));
    await note("container", (ctx as unknown as { container: unknown }).container);
    await note("id", [ctx.id.name, String(ctx.id).length, Object.keys(ctx.id)]);
    const detached = { waitUntil: ctx.waitUntil, blockConcurrencyWhile: ctx.blockConcurrencyWhile };
    await chain.with({ counts: false }, "waitUntil detached", detached, [
      "waitUntil",
      Promise.resolve(),
    ]);
    await chain("blockConcurrencyWhile detached", detached, ["blockConcurrencyWhile", () => 1]);
    await chain("new DurableObjectState", ctx.constructor, ["new"]);
    await chain("new DurableObjectStorage", storage.constructor, ["new"]);
    await chain("new SqlStorage", storage.sql.constructor, ["new"]);
    await chain("new SyncKvStorage", storage.kv.constructor, ["new"]);
    await note("JSON of ctx", JSON.stringify({ ...ctx, exports: undefined }));
    await note("JSON of storage", JSON.stringify(storage));
    await note("getWebSockets", ctx.getWebSockets());
    await note("getWebSocketAutoResponse", ctx.getWebSocketAutoResponse());
    await note("getHibernatableWebSocketEventTimeout", ctx.getHibernatableWebSocketEventTimeout());
    await note("assignment to storage", assign(ctx, "storage", 5));
    await note("assignment to a new member", assign(ctx, "mine", 5));
    for (const bad of [{}, 5, undefined]) {
      await chain("new DurableObject", DurableObject, ["new", bad, {}]);
    }
  },
  async order({ storage, env, call, note }) {
    const order: string[] = [];
    const put = storage.put("a", 1).then(() => order.push("put"));
    const get = storage.get("a").then(() => order.push("get"));
    const list = storage.list().then(() => order.push("list"));
    const none = Promise.resolve().then(() => order.push("microtask"));
    const sync = storage.sync().then(() => order.push("sync"));
    const timer = new Promise<void>((resolve) => setTimeout(resolve, 0)).then(() =>
      order.push("timer"),
    );
    await Promise.all([put, get, list, none, sync, timer]);
    await note(
      "order of settling",
      order.filter((name) => name !== "sync"),
    );
    const { OBJECTS } = env as { OBJECTS: DurableObjectNamespace };
    await call("storage.put a stub", storage, ["stub", OBJECTS.getByName("other")]);
    await storage.put("b", 1);
    const seen = storage.get("b");
    void storage.put("b", 2);
    await note("a get sees what was put before it", [await seen, await storage.get("b")]);
    void storage.put("c", 1);
    void storage.delete("c");
    await note("unawaited put and delete", await storage.get("c"));
    const map = await storage.list<number>();
    map.set("z", 1);
    await note("a list is a copy", await storage.get("z"));
  },
}) {}

function assign(object: object, key: string, value: unknown): string {
  try {
    Reflect.set(object, key, value);
    (object as Record<string, unknown>)[key] = value;
    return "assigned";
  } catch (error) {
    return String(error);
  }
}

export default script<{ OBJECTS: DurableObjectNamespace }>({
  id: "durable-objects-state",
  compatibilityDate: "2026-11-01",
  config: configOf("Subject"),
  async run({ env: { OBJECTS }, include, note }) {
    include(await stepsOf(OBJECTS.getByName("ctx"), "ctx"));
    include(await stepsOf(OBJECTS.getByName("order"), "order"));
    const stub = OBJECTS.getByName("stub") as unknown as Record<string, unknown>;
    await note("JSON of a stub", JSON.stringify(stub));
    await note("JSON of a namespace", JSON.stringify(OBJECTS));
    await note("text of a stub", String(stub));
    await note("an assigned member", ((stub["mine"] = 5), stub["mine"]));
    await note("assignment to name", assign(stub, "name", "other"), {
      differs: { class: "engine", reason: "JSC has other words for a read-only property" },
    });
    await note("name afterwards", stub["name"]);
    await note("a deleted member", (delete stub["mine"], typeof stub["mine"]));
    await note("symbols", typeof stub[Symbol.iterator as unknown as string]);
    await note("toString", typeof stub["toString"]);
    await note("constructor", typeof stub["constructor"]);
    await note("equal stubs", OBJECTS.getByName("stub") === OBJECTS.getByName("stub"));
    await note("fetch is the same", stub["fetch"] === OBJECTS.getByName("x").fetch);
    await note("connect", typeof stub["connect"]);
    await note("queue and scheduled", [typeof stub["queue"], typeof stub["scheduled"]]);
  },
});
