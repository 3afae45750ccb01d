// query(), which the flag d1_binding_jsrpc brings: statements in, columns and rows out.

import { script } from "../../script.ts";
import { compatibilityDate, config } from "./parts/statements.ts";

interface Env {
  DB: { query(request: unknown): Promise<unknown> };
}

// The order of the fields of `meta` differs under this flag from what every other method gives.
const volatile = ["results.*.meta"];

export default script<Env>({
  id: "d1-query",
  compatibilityDate,
  compatibilityFlags: ["d1_binding_jsrpc"],
  config,
  async run({ env: { DB }, call }) {
    const query = (queries: unknown, bookmark?: string) =>
      call.with({ volatile }, "DB.query", DB, [
        { queries, ...(bookmark === undefined ? {} : { bookmark }) },
      ]);
    await query([{ sql: "select 1 a, 2 a" }]);
    await query([
      { sql: "create table t (a)" },
      { sql: "insert into t values (?) returning *", params: [1] },
      { sql: "-- x" },
      { sql: "select x'01' as b" },
    ]);
    await query([{ sql: "select a from t" }], "first-primary");
    await query([{ sql: "select a + 1 from t" }], "abc");
    await query([{ sql: "insert into t values (2)" }, { sql: "select zz" }]);
    await query([{ sql: "select count(*) from t" }]);
    await query([]);
  },
});
