// batch(): several statements in one transaction.

import type { D1PreparedStatement } from "@cloudflare/workers-types";
import { script } from "../../script.ts";
import { compatibilityDate, config, rows } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

const volatile = ["*.meta.duration", "*.meta.timings.sql_duration_ms"];

const schema = `create table p (id integer primary key, v text unique)
create table c (id integer primary key, pid integer references p (id) deferrable initially deferred)
create table d (id integer primary key, pid integer references p (id))`;

export default script<Env>({
  id: "d1-batch",
  compatibilityDate,
  config,
  async run({ env: { DB }, call, chain, make }) {
    await DB.exec(schema);
    const statement = (sql: string, ...values: unknown[]): D1PreparedStatement =>
      values.length === 0
        ? make(DB, ["prepare", sql])
        : make(DB, ["prepare", sql], ["bind", ...values]);
    const batch = (...statements: unknown[]) =>
      call.with({ volatile }, "DB.batch", DB, [statements]);

    await batch(statement("select 1 as a"), statement("select ? as b", "x"));
    await batch(statement("insert into p values (1, 'a')"), statement("select * from p"));
    const twice = statement("insert into p (v) values (null)");
    await batch(twice, twice);
    await batch();
    await batch(statement("-- x"), statement("select 2 as only"), statement(" "));
    await batch(statement("insert into p values (50, 'x')"), statement("select zz"));
    await batch(
      statement("insert into p values (51, 'x')"),
      statement("insert into p values (1, 'y')"),
    );
    await batch(statement("create table made (a)"), statement("insert into made values (1, 2)"));
    await batch(statement("create table kept (a)"), statement("insert into kept values (1)"));
    await batch(statement("select ?"));
    await batch(statement("begin"));
    await batch(statement("select 1 a, 2 a"), statement("select x'01' as blob"));
    await rows(chain, DB, "select count(*) from p where id in (50, 51)");
    await rows(chain, DB, "select name from sqlite_master where name in ('made', 'kept')");

    // Without what they say about themselves: rows read depend on the violations that are open.
    const effect = (...statements: unknown[]) => chain("DB", DB, ["batch", statements], ["length"]);
    await effect(
      statement("insert into c values (1, 7)"),
      statement("insert into p values (7, 'g')"),
    );
    await effect(
      statement("pragma defer_foreign_keys = on"),
      statement("insert into d values (3, 11)"),
      statement("insert into p values (11, 'k')"),
    );
    await chain.with(
      { counts: false },
      "DB",
      DB,
      ["prepare", "pragma defer_foreign_keys"],
      ["raw"],
    );
    await batch(
      statement("insert into d values (4, 12)"),
      statement("insert into p values (12, 'l')"),
    );
    await rows(
      chain,
      DB,
      "pragma defer_foreign_keys = 1; insert into d values (5, 13); insert into p values (13, 'm')",
    );
    await rows(chain, DB, "select * from d order by id");

    await batch({ statement: "select 1 as plain", params: [] });
    await batch({ statement: "select 1 as bare" });
    await batch({ statement: "select ? as bound", params: ["v"] });
    for (const wrong of [undefined, null, "ab", 5, new Set(), {}]) {
      await call("DB.batch of what is no list", DB, [wrong]);
    }
    await batch(null);
    await batch(undefined);
  },
});
