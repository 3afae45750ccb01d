// Rows read where bunflare can only estimate them: no SQLite but workerd's counts rows.

import { script } from "../../script.ts";
import { compatibilityDate, config, metaSchema, volatile } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

const differs = {
  class: "engine",
  reason: "rows are derived from the query plan, which does not tell how many rows this visits",
} as const;

export default script<Env>({
  id: "d1-estimates",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain }) {
    await DB.exec(metaSchema);
    for (const sql of [
      "select * from users where name = 'D' limit 1",
      "select row_number() over (order by name) as r from users",
      "with recursive c(n) as (select 1 union all select n + 1 from c where n < 10) select n from c",
      "select * from users u where not exists (select 1 from posts p where p.user_id = u.id)",
      "delete from users where id = 2",
      "drop index users_age",
      "alter table plain rename to renamed",
    ]) {
      await chain.with({ volatile, differs }, "DB", DB, ["prepare", sql], ["all"]);
    }
  },
});
