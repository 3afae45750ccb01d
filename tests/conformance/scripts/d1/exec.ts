// exec(): each line is a statement, all of them one transaction.

import { script } from "../../script.ts";
import { compatibilityDate, config } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

export default script<Env>({
  id: "d1-exec",
  compatibilityDate,
  config,
  async run({ env: { DB }, call, chain }) {
    const exec = (sql: unknown) => call.with({ volatile: ["duration"] }, "DB.exec", DB, [sql]);
    for (const sql of [
      ...["select 1", "select 1\nselect 2", "", "   ", "-- x", "select 1;select 2", "select 1;;"],
      ...["create table a(\nx)", "select 1\n\n-- c\n  \nselect 2\n", "select 1\r\nselect 2"],
      ...["select ?", "selec", "select 1\nselec", "select 1; -- c", "/* x */ select 1", "begin"],
      ...["  select 1  \n  select 2  ", "-- a\nselect 1", "select 1\n/* c */", "select 'a\nb'"],
      "create table aa(x); insert into aa values(1); insert into aa values(2)",
      "insert into aa values(3)\ninsert into nope values(1)",
      "insert into aa values(4)\ninsert into aa values(5)",
      "create table bb(x)\ninsert into bb values(1)\nselect zz from bb",
    ]) {
      await exec(sql);
    }
    await chain("DB", DB, ["prepare", "select x from aa"], ["raw"]);
    await chain("DB", DB, ["prepare", "select x from bb"], ["raw"]);
    await exec(undefined);
    await exec(null);
    await exec(5);
    await exec(["select 1"]);
  },
});
