// What users' SQL may not do: transactions, other databases, temporary and hidden tables, modules.

import { script } from "../../script.ts";
import { compatibilityDate, config, rows } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

export default script<Env>({
  id: "d1-authorizer",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain }) {
    await DB.exec("create table p (id integer primary key, v text)");
    for (const sql of [
      ...["begin", "begin immediate", "commit", "end", "rollback", "savepoint a", "release a"],
      ...["rollback to a", "begin; select 1; commit", "select 1; begin"],
      ...["attach ':memory:' as x", "attach 'x' as x", "detach x", "vacuum", "vacuum into 'x'"],
      ...[
        "create temp table x (a)",
        "create temporary view x as select 1",
        "create table temp.x (a)",
      ],
      "create temp trigger x after insert on p begin select 1; end",
      ...["create virtual table f using fts4 (a)", "create virtual table f using fts3 (a)"],
      ...["create virtual table f using nope (a)", "create virtual table f using geopoly (a)"],
      ...[
        "create virtual table f using fts5 (a)",
        "create virtual table w using fts5vocab (f, 'row')",
      ],
      ...["create virtual table r using rtree (id, a, b)", "select * from dbstat"],
      ...["create table _cf_x (a)", "create table _CF_x (a)", 'create table "_cf_y" (a)'],
      ...["select * from _cf_KV", "create index _cf_i on p (v)", "create view _cf_v as select 1"],
      "create trigger _cf_t after insert on p begin select 1; end",
      ...[
        "alter table p rename to _cf_p",
        "alter table p add column _cf_z",
        "create table x_cf_ (a)",
      ],
      ...["select * from sqlite_temp_master", "insert into sqlite_master values (1, 2, 3, 4, 5)"],
      ...[
        "update sqlite_master set sql = 'x'",
        "delete from sqlite_master",
        "drop table sqlite_master",
      ],
      ...["insert into f_config values ('a', 1)", "drop table f_config", "select * from f_config"],
      ...["reindex", "analyze", "alter table p rename to q", "alter table q rename column v to w"],
      ...["alter table q drop column w", "select name, sql from sqlite_schema where name = 'q'"],
      ...["select * from sqlite_sequence", "explain select 1", "replace into q (id) values (1)"],
    ]) {
      await rows(chain, DB, sql);
    }
    for (const name of [
      ...[
        "ceiling",
        "fts5_source_id",
        "if",
        "json_error_position",
        "json_pretty",
        "log10",
        "power",
      ],
      ...["sqlite_compileoption_get", "sqlite_source_id", "sqlite_version", "subtype", "unistr"],
      ...[
        "geopoly_area",
        "matchinfo",
        "median",
        "percentile",
        "percentile_cont",
        "soundex",
        "uuid",
      ],
      ...["regexp", "generate_series", "base64", "decimal", "readfile", "edit", "sqlite_offset"],
    ]) {
      await rows(chain, DB, `select ${name}(1)`);
    }
    await rows(chain, DB, "select 'é', SQLITE_Version()");
    await rows(chain, DB, "select id from q where id = sqlite_version()");
    await rows(chain, DB, "select load_extension('x')");
    await rows(chain, DB, "create view uses as select sqlite_version() as v");
    await rows(chain, DB, "select v from uses");
    await rows(chain, DB, "select 'a' regexp 'b'");
  },
});
