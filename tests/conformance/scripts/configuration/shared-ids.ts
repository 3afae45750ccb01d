// Bindings of one id are one resource, whatever their names and whichever worker has them. A preview id wins locally.

import { script } from "../../script.ts";

type Kv = Record<"put" | "get" | "list" | "delete", (...args: unknown[]) => Promise<unknown>>;
type Db = { exec(sql: string): Promise<unknown>; prepare(sql: string): object };

export default script<
  Record<string, unknown> & Record<`KV_${string}`, Kv> & Record<`DB_${string}`, Db>
>({
  id: "configuration-shared-ids",
  compatibilityDate: "2026-11-01",
  config: {
    kv_namespaces: [
      { binding: "KV_A", id: "one" },
      { binding: "KV_B", id: "one" },
      { binding: "KV_C", id: "ONE" },
      { binding: "KV_PREVIEW", id: "two", preview_id: "one" },
      { binding: "KV_NONE" },
      { binding: "KV_LACK" },
    ],
    d1_databases: [
      { binding: "DB_A", database_name: "first", database_id: "one" },
      { binding: "DB_B", database_name: "second", database_id: "one" },
      { binding: "DB_C", database_name: "first", database_id: "three" },
      { binding: "DB_PREVIEW", database_name: "p", database_id: "two", preview_database_id: "one" },
      { binding: "DB_NONE", database_name: "first" },
    ],
    services: [{ binding: "OTHER", service: "other" }],
  },
  workers: {
    other: {
      main: "./workers/use-ids.ts",
      config: {
        kv_namespaces: [{ binding: "KV", id: "one" }],
        d1_databases: [{ binding: "DB", database_name: "other", database_id: "one" }],
      },
    },
  },
  async run({ env, call, chain, note }) {
    const { KV_A, KV_B, KV_C, KV_PREVIEW, KV_NONE, KV_LACK } = env;
    await note("two bindings are two objects", KV_A === KV_B);
    await call.with({ counts: false }, "KV_A.put", KV_A, ["key", "by A"]);
    await call.with({ counts: false }, "KV_B.get", KV_B, ["key"]);
    await call.with({ counts: false }, "KV_C.get of an id in another case", KV_C, ["key"]);
    await call.with({ counts: false }, "KV_PREVIEW.get", KV_PREVIEW, ["key"]);
    await call.with({ counts: false }, "KV_NONE.get", KV_NONE, ["key"]);
    await call.with({ counts: false }, "KV_NONE.put", KV_NONE, ["key", "without an id"]);
    await call.with({ counts: false }, "KV_LACK.get", KV_LACK, ["key"]);
    await call("OTHER.kv", env["OTHER"], ["put", "key", "by the other"]);
    await call.with({ counts: false }, "KV_A.get", KV_A, ["key"]);
    await call("KV_A.list what one of them put", KV_A, [{ prefix: "key", limit: 7 }]);

    const { DB_A, DB_B, DB_C, DB_PREVIEW, DB_NONE } = env;
    await call.with({ volatile: ["duration"] }, "DB_A.exec", DB_A, [
      "CREATE TABLE shared (by TEXT)",
    ]);
    for (const [name, DB] of Object.entries({ A: DB_A, B: DB_B, PREVIEW: DB_PREVIEW })) {
      const sql = `INSERT INTO shared VALUES ('${name}') RETURNING *`;
      await chain(`DB_${name}`, DB, ["prepare", sql], ["first"]);
    }
    const all = "SELECT group_concat(by) AS everyone FROM shared";
    await chain("DB_C", DB_C, ["prepare", all], ["first"]);
    await chain.with({ counts: false }, "DB_NONE", DB_NONE, ["prepare", all], ["first"]);
    await call("OTHER.db", env["OTHER"], [all]);
  },
});
