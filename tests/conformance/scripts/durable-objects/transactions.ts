// Transactions: what they keep, roll back and refuse, alone, nested and at once.

import { script } from "../../script.ts";
import type { Inside } from "./support/inside.ts";
import { configOf, stepsOf, subject } from "./support/inside.ts";

const entries = async ({ storage }: Inside) => [...(await storage.list())];

export class Subject extends subject({
  async plain(inside) {
    const { storage, call, note } = inside;
    await call("storage.transaction", storage, [
      async (txn: DurableObjectTransaction) => {
        await txn.put("a", 1);
        return txn.get("a");
      },
    ]);
    await call("storage.transaction of a synchronous function", storage, [() => 5]);
    await call.with({ counts: false }, "storage.transaction that throws", storage, [
      async function throws(txn: DurableObjectTransaction) {
        await txn.put("a", 2);
        throw new RangeError("no");
      },
    ]);
    await note("rolled back", await entries(inside));
    await call("storage.transaction with options", storage, [async () => 1, {}]);
    await call("storage.transaction of nothing", storage, []);
    await call("storage.transaction of text", storage, ["text"]);
    await call("storage.transaction of an object", storage, [{}]);
    let leaked: DurableObjectTransaction | undefined;
    await storage.transaction(async (txn) => {
      leaked = txn;
      const names: string[] = [];
      for (const name in txn) names.push(name);
      await note("members", names.sort());
      await note("class", txn.constructor.name);
    });
    await call("leaked.put after commit", leaked, ["a", 3]);
    await call("leaked.get after commit", leaked, ["a"]);
    await call("leaked.delete after commit", leaked, ["a"]);
    await call("leaked.list after commit", leaked, []);
    await call("leaked.rollback after commit", leaked, []);
    await call("leaked.setAlarm after commit", leaked, [1]);
    await call("leaked.getAlarm after commit", leaked, []);
  },

  async rollback(inside) {
    const { storage, call, note } = inside;
    await storage.put("a", 1);
    const result = await storage.transaction(async (txn) => {
      await txn.put("a", 2);
      await storage.put("b", 2);
      storage.kv.put("c", 3);
      storage.sql.exec("CREATE TABLE t (a)");
      await call("txn.rollback", txn, []);
      await call("txn.rollback again", txn, []);
      await call.with({ counts: false }, "txn.put after rollback", txn, ["a", 3]);
      await call.with({ counts: false }, "txn.get after rollback", txn, ["a"]);
      await call.with({ counts: false }, "txn.delete after rollback", txn, ["a"]);
      await call("txn.list after rollback", txn, [{}]);
      return "returned";
    });
    await note("result", result);
    await note("entries", await entries(inside));
    const tables = storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 't'").toArray();
    await note("tables", tables);
    await storage.transaction(async (txn) => {
      await call("txn.deleteAll", txn, []);
      await call.with({ counts: false }, "txn.delete", txn, ["a"]);
      await call("txn.put several", txn, [{ x: 1, y: 2 }]);
      await call("txn.list", txn, [{ prefix: "x" }]);
      await call("txn.get several", txn, [["x", "y"]]);
      await call("txn.put a function", txn, ["f", () => 1]);
      await call("txn.rollback with an argument", txn, [1]);
    });
    await note("entries", await entries(inside));
  },

  async nested(inside) {
    const { storage, call, note } = inside;
    await storage.transaction(async (outer) => {
      await outer.put("outer", 1);
      await call.with({ counts: false }, "storage.transaction inside another", storage, [
        async function inner(txn: DurableObjectTransaction) {
          await txn.put("inner", await txn.get("outer"));
          throw new Error("inner");
        },
      ]);
      await note("after the inner one", await entries(inside));
      await storage.transaction(async (txn) => {
        await txn.put("second", 2);
        txn.rollback();
      });
      await storage.transaction(async (txn) => {
        await txn.put("third", 3);
      });
    });
    await note("after both", await entries(inside));
    await storage
      .transaction(async () => {
        await storage.transaction(async (txn) => {
          await txn.put("fourth", 4);
        });
        throw new Error("outer");
      })
      .catch((error: Error) => note("outer failed", error.message));
    await note("the inner one is gone too", await entries(inside));
  },

  async atOnce(inside) {
    const { storage, note } = inside;
    const order: string[] = [];
    const results = await Promise.allSettled(
      ["a", "b", "c"].map((name) =>
        storage.transaction(async (txn) => {
          order.push(`${name} starts`);
          const n = ((await txn.get<number>("n")) ?? 0) + 1;
          await txn.put("n", n);
          await new Promise((resolve) => setTimeout(resolve, 2));
          order.push(`${name} ends`);
          if (name === "b") throw new Error("b");
          return n;
        }),
      ),
    );
    await note("order", order);
    await note("results", results);
    await note("n", await storage.get("n"));
    const late: string[] = [];
    const done = storage.transaction(async () => void late.push("inside"));
    late.push("after the call");
    await done;
    await note("does not run at once", late);
  },

  async synchronous(inside) {
    const { storage, call, note } = inside;
    await call("storage.transactionSync", storage, [
      () => {
        storage.kv.put("a", 1);
        storage.sql.exec("CREATE TABLE t (a)");
        return 5;
      },
    ]);
    await call.with({ counts: false }, "storage.transactionSync that throws", storage, [
      function throws() {
        storage.kv.put("a", 2);
        storage.sql.exec("INSERT INTO t VALUES (1)");
        throw new TypeError("no");
      },
    ]);
    await note("a", storage.kv.get("a"));
    await note("rows", storage.sql.exec("SELECT count(*) AS n FROM t").one());
    const outcome = storage.transactionSync(() => {
      storage.kv.put("b", 1);
      try {
        storage.transactionSync(() => {
          storage.kv.put("c", 1);
          throw new Error("inner");
        });
      } catch {
        storage.kv.put("d", 1);
      }
      return [...storage.kv.list()].map(([key]) => key);
    });
    await note("nested", outcome);
    await call("storage.transactionSync of an async function", storage, [
      async () => {
        await storage.put("e", 1);
        return 1;
      },
    ]);
    await call("storage.transactionSync of nothing", storage, []);
    await call("storage.transactionSync of text", storage, ["text"]);
    await call("storage.transactionSync of an object", storage, [{}]);
    await storage.transaction(async (txn) => {
      await txn.put("f", 1);
      storage.transactionSync(() => storage.kv.put("g", 1));
    });
    await note("keys", [...(await storage.list()).keys()]);
    storage.transactionSync(() => {
      void storage.put("h", 1);
    });
    await note("an asynchronous put inside", await storage.get("h"));
  },
}) {}

export default script<{ OBJECTS: DurableObjectNamespace }>({
  id: "durable-objects-transactions",
  compatibilityDate: "2026-11-01",
  config: configOf("Subject"),
  async run({ env: { OBJECTS }, include }) {
    for (const part of ["plain", "rollback", "nested", "atOnce", "synchronous"]) {
      include(await stepsOf(OBJECTS.getByName(part), part));
    }
  },
});
