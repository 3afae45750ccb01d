// What compatibility dates have changed: errors, `deleteAll()` and alarms as they were before.

import { DurableObject } from "cloudflare:workers";
import { script } from "../../script.ts";
import { configOf } from "./support/inside.ts";

class MyError extends Error {
  override name = "MyError";
  extra = 1;
}

export class Old extends DurableObject {
  fail(kind: string, _: number): never {
    if (kind === "custom") throw new MyError("mine");
    if (kind === "retryable") throw Object.assign(new Error("again"), { retryable: true });
    if (kind === "overloaded") throw Object.assign(new Error("busy"), { overloaded: true });
    if (kind === "object") throw { a: 1 };
    throw new RangeError("out");
  }
  async clear(): Promise<unknown> {
    const { storage } = this.ctx;
    await storage.setAlarm(4102444800000);
    await storage.put("a", new MyError("stored"));
    const stored = await storage.get<MyError>("a");
    await storage.deleteAll();
    return [
      String(stored),
      stored?.extra ?? null,
      await storage.getAlarm(),
      (await storage.list()).size,
    ];
  }
  reset(kind: string, _: number): void {
    if (kind === "block") {
      void this.ctx.blockConcurrencyWhile(async () => {
        throw new MyError("blocked");
      });
    } else {
      this.ctx.abort(kind);
    }
  }
  async wait(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  override async alarm(): Promise<void> {}
}

export default script<{ OBJECTS: DurableObjectNamespace<Old> }>({
  id: "durable-objects-before",
  compatibilityDate: "2026-02-01",
  config: configOf("Old"),
  async run({ env: { OBJECTS }, chain, note }) {
    const stub = OBJECTS.getByName("old");
    for (const kind of ["custom", "retryable", "overloaded", "object", "range"]) {
      await chain.with(kind === "custom" ? {} : { counts: false }, "fail", stub, ["fail", kind, 1]);
    }
    await note("deleteAll", await stub.clear());
    await chain("reset", OBJECTS.getByName("reset"), ["reset", "why", 1]);
    const blocked = OBJECTS.getByName("blocked");
    await chain.with({ counts: false }, "reset by a section", blocked, ["reset", "block", 1]);
    await chain("wait after it", blocked, ["wait", 1]);
  },
});
