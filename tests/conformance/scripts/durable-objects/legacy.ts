// A class with the storage that there was before SQLite.

import { script } from "../../script.ts";
import { stepsOf, subject } from "./support/inside.ts";

export class Legacy extends subject({
  async storage({ storage, call, chain, note }) {
    await call("storage.put in a legacy class", storage, ["legacy", { legacy: new Date(0) }]);
    await call("storage.get in a legacy class", storage, [["legacy", "b"]]);
    await call("storage.list in a legacy class", storage, [{ prefix: "l", limit: 3 }]);
    await call.with({ counts: false }, "storage.delete in a legacy class", storage, [
      ["legacy", "b", "c"],
    ]);
    await call("storage.put a long key", storage, ["k".repeat(2049), 1]);
    await call("storage.put a large value", storage, ["large", "v".repeat(131_073)]);
    await call("storage.get 129 keys", storage, [
      Array.from({ length: 129 }, (_, i) => `legacy:${i}`),
    ]);
    await call("storage.put 129 entries", storage, [
      Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`legacy:${i}`, i])),
    ]);
    await note("count", (await storage.list()).size);
    await storage.deleteAll();
    await note("count", (await storage.list()).size);
    await chain("kv of a legacy class", storage, ["kv"], ["get", "legacy", 1]);
    await chain("kv.list of a legacy class", storage, ["kv"], ["list", { prefix: "legacy" }]);
    const order: string[] = [];
    await Promise.all(
      ["a", "b"].map((name) =>
        storage.transaction(async (txn) => {
          order.push(`${name} starts`);
          await txn.put(name, ((await txn.get<number>("n")) ?? 0) + 1);
          await new Promise((resolve) => setTimeout(resolve, 1));
          order.push(`${name} ends`);
        }),
      ),
    );
    await note("transactions at once", order);
    await storage.transaction(async (txn) => {
      await txn.put("nested", 1);
      await storage.transaction(async (inner) => {
        await inner.put("nested", 2);
        inner.rollback();
      });
    });
    await note("nested", await storage.get("nested"));
    await call("storage.setAlarm in a legacy class", storage, [4102444800000, {}]);
    await note("alarm", await storage.getAlarm());
    await storage.sync();
  },
}) {
  override async alarm(): Promise<void> {}
}

export default script<{ LEGACY: DurableObjectNamespace }>({
  id: "durable-objects-legacy",
  compatibilityDate: "2026-11-01",
  config: {
    durable_objects: { bindings: [{ name: "LEGACY", class_name: "Legacy" }] },
    migrations: [{ tag: "v1", new_classes: ["Legacy"] }],
  },
  async run({ env: { LEGACY }, include }) {
    include(await stepsOf(LEGACY.getByName("legacy"), "storage"));
  },
});
