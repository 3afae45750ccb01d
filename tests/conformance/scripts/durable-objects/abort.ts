// Objects that break: `ctx.abort()`, failing constructors, and what of their storage stays.

import { DurableObject } from "cloudflare:workers";
import { script } from "../../script.ts";
import { configOf } from "./support/inside.ts";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class Fragile extends DurableObject {
  memory = 0;
  remember(): number {
    return ++this.memory;
  }
  abort(...args: unknown[]): void {
    this.ctx.abort(...(args as [string?]));
  }
  async abortCaught(): Promise<string> {
    try {
      this.ctx.abort("caught");
    } catch {
      await this.ctx.storage.put("after", 1);
    }
    return "went on";
  }
  async putThenAbort(): Promise<void> {
    void this.ctx.storage.put("lost", 1);
    this.ctx.abort("reset");
  }
  async putSyncAbort(): Promise<void> {
    void this.ctx.storage.put("kept", 1);
    await this.ctx.storage.sync();
    void this.ctx.storage.put("lost", 1);
    this.ctx.abort("reset");
  }
  async putWaitAbort(): Promise<void> {
    await this.ctx.storage.put("kept", 1);
    await wait(1);
    void this.ctx.storage.put("lost", 1);
    this.ctx.abort("reset");
  }
  async putThrow(): Promise<void> {
    void this.ctx.storage.put("kept", 1);
    throw new Error("thrown");
  }
  async alarmThenAbort(): Promise<void> {
    void this.ctx.storage.setAlarm(Date.now() + 1e6);
    this.ctx.abort("reset");
  }
  async sqlThenAbort(): Promise<void> {
    this.ctx.storage.sql.exec("CREATE TABLE t (a)");
    this.ctx.abort("reset");
  }
  async transactionThenAbort(): Promise<void> {
    await this.ctx.storage.transaction(async (txn) => {
      await txn.put("lost", 1);
      this.ctx.abort("reset");
    });
  }
  async keys(): Promise<unknown> {
    const { storage } = this.ctx;
    const tables = storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 't'").toArray();
    return [[...(await storage.list()).keys()], await storage.getAlarm(), tables.length];
  }
  async sleep(ms: number): Promise<string> {
    await wait(ms);
    return "slept";
  }
  object(): unknown {
    return { f: () => 1 };
  }
  override async fetch(): Promise<Response> {
    this.ctx.abort("in fetch");
    return new Response("never");
  }
  override async alarm(): Promise<void> {}
}

export class Broken extends DurableObject {
  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env);
    throw new RangeError("constructor");
  }
  method(): number {
    return 1;
  }
}

export class Blocked extends DurableObject {
  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env);
    void ctx.blockConcurrencyWhile(async () => {
      await wait(1);
      throw Object.assign(new SyntaxError("initialisation"), { code: 5 });
    });
  }
  method(): number {
    return 1;
  }
}

export default script<{
  OBJECTS: DurableObjectNamespace<Fragile>;
  BROKEN: DurableObjectNamespace<Broken>;
  BLOCKED: DurableObjectNamespace<Blocked>;
}>({
  id: "durable-objects-abort",
  compatibilityDate: "2026-11-01",
  config: {
    durable_objects: {
      bindings: [
        { name: "OBJECTS", class_name: "Fragile" },
        { name: "BROKEN", class_name: "Broken" },
        { name: "BLOCKED", class_name: "Blocked" },
      ],
    },
    migrations: [
      ...(configOf("Fragile")["migrations"] as object[]),
      { tag: "v2", new_sqlite_classes: ["Broken", "Blocked"] },
    ],
  },
  async run({ env: { OBJECTS, BROKEN, BLOCKED }, call, chain, note }) {
    const stub = OBJECTS.getByName("abort");
    await stub.remember();
    const other = OBJECTS.getByName("abort");
    await call("stub.remember", stub, [1]);
    await call("stub.abort", stub, []);
    await call("stub.remember on the same stub", stub, [1, 2]);
    await call("stub.fetch on the same stub", stub, ["http://object/broken"]);
    const unused = OBJECTS.getByName("abort");
    await call.with({ counts: false }, "other.remember used before?", other, [1]);
    await call.with({ counts: false }, "unused.remember on a new stub", unused, [1]);
    for (const reason of ["why", 5, null, undefined, new TypeError("typed"), {}, ""]) {
      await call("stub.abort", OBJECTS.getByName("reasons"), [reason]);
    }
    await call("stub.abortCaught", OBJECTS.getByName("caught"), [1]);
    await note("after it", await OBJECTS.getByName("caught").keys());
    for (const method of [
      "putThenAbort",
      "putSyncAbort",
      "putWaitAbort",
      "putThrow",
      "alarmThenAbort",
      "sqlThenAbort",
      "transactionThenAbort",
    ]) {
      await chain(method, OBJECTS.getByName(method), [method, 1]);
      await note("what is left", await OBJECTS.getByName(method).keys());
    }
    const busy = OBJECTS.getByName("busy");
    const sleeping = busy.sleep(50).then(
      () => "slept",
      (error: Error) => `${error.name}: ${error.message}`,
    );
    await OBJECTS.getByName("busy")
      .abort("others")
      .catch(() => undefined);
    await note("calls in flight", await sleeping);
    const holder = OBJECTS.getByName("holder") as unknown as {
      object(): Promise<{ f(): unknown }>;
    };
    const held = await holder.object();
    await OBJECTS.getByName("holder")
      .abort("holder")
      .catch(() => undefined);
    await chain("a function of a broken object", held, ["f", 1]);
    await call("stub.fetch that aborts", OBJECTS.getByName("fetch"), ["http://object/abort", {}]);

    const broken = BROKEN.getByName("broken");
    await call("broken.method", broken, [1]);
    await call("broken.method again", broken, [1, 2]);
    await call("broken.fetch", broken, ["http://object/x"]);
    await call("method on a new stub", BROKEN.getByName("broken"), [1, 2, 3]);
    const blocked = BLOCKED.getByName("blocked");
    await call("blocked.method", blocked, [{}]);
    await call("blocked.method again", blocked, [{}, 1]);
  },
});
