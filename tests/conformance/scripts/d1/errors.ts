// What SQLite refuses while it prepares a statement, in D1's words.

import { script } from "../../script.ts";
import { compatibilityDate, config, rows } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

export default script<Env>({
  id: "d1-errors",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain }) {
    await DB.exec("create table t (a integer primary key, b text unique, c)");
    const syntax = [
      ...["selec 1", "select", "select * from t where", "select 'abc", "select [a from t"],
      ...["select * form t", "select 1 1", "insert into t values (1,)", "create table (a)"],
      ...["select * from t limit", "update t set", "delete t", "select (1", "select 1)"],
    ];
    const names = [
      ...["select * from nope", "select * from nope.t", "select zz from t", "select é from t"],
      ...["select a from t where a = 1 and zz = 2", "select 'é', zz from t", "select t.zz from t"],
      ...["select x.a from t", "insert into t (a, zz) values (1, 2)", "update t set zz = 1"],
      ...["delete from t where zz", "create index i on t (zz)", "create index i on nope (a)"],
      ...["drop table nope", "drop index nope", "drop view nope", "drop trigger nope"],
      ...["alter table nope add x", "alter table t rename column zz to y", "reindex nope"],
      ...["select a from t t1 join t t2", "select * from t order by zz", 'select "zz" from t'],
      ...["select a from t group by zz", "pragma index_info(nope)", "analyze nope"],
    ];
    const shapes = [
      ...["insert into t values (1)", "insert into t (a, b) values (1)", "create table t (a)"],
      ...["create table u (a, a)", "alter table t add b", "alter table t drop column a"],
      ...["select a from t union select a, b from t", "select * from t order by 9"],
      ...["select a from t group by 5", "select max(a) from t where max(a) > 1", "select *"],
      ...["create table u (x integer) strict, y", "create table u (x nope) strict"],
      ...["create table u (a primary key, b primary key)", "insert into t default values, (1)"],
      ...["create view t as select 1", "create trigger x after insert on nope begin select 1; end"],
      ...["select raise(abort, 'x')", "select a from t where b match 'x'", "values (1), (1, 2)"],
      ...["with r as (select 1) select * from q", "select sum(sum(a)) from t", "select abs(1, 2)"],
      ...["create table u (a generated always as (zz))", "select a.b.c.d from t", "select foo(1)"],
      ...["create table sqlite_x (a)", "select row_number() from t", "select count(a, c) from t"],
    ];
    for (const sql of [...syntax, ...names, ...shapes]) await rows(chain, DB, sql);
    await DB.exec("create view v as select zz from t");
    await rows(chain, DB, "select * from v");
    await rows(chain, DB, "insert into v values (1)");
    await DB.exec("create trigger g after insert on t begin select zz from t; end");
    await rows(chain, DB, "insert into t values (9, 'i', 1)");
  },
});
