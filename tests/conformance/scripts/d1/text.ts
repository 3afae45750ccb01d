// What a text given to prepare() may hold: blanks, comments, several statements, and where it ends.

import { script } from "../../script.ts";
import { compatibilityDate, config, result, rows } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

export default script<Env>({
  id: "d1-text",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain }) {
    const nothing = ["", " ", ";", "\0", "-- x", "-- x\n-- y", "/* c */"];
    const alone = ["select 1;", "select 1;\n", "select 1;\t", "select 1;\r\n", "; select 1"];
    const tails = [
      "select 1;;",
      "select 1; ;",
      "select 1; -- x",
      "select 1;/* c */",
      "select 1;\0",
    ];
    const comments = ["select 1 -- x", "-- x\nselect 1", "/* a */ select 1", "select 1 /* c"];
    const several = ["select 1; select 2", "select 1;\tselect 2", "select 1;select 2;\n"];
    for (const sql of [...nothing, ...alone, ...tails, ...comments, ...several]) {
      await rows(chain, DB, sql);
    }
    await DB.exec("create table t (id integer primary key, v text)");
    await rows(chain, DB, "insert into t values (20, 'a'); insert into t values (20, 'b')");
    await rows(chain, DB, "insert into t values (21, 'a'); select zz");
    await rows(chain, DB, "select count(*) from t");
    await rows(chain, DB, "insert into t values (?, ?); select 1", 1, "x");
    await rows(chain, DB, "select 1; select ?", 5);
    await rows(chain, DB, "select 1; select v, ? from t where id = ?", "x", 1);
    await rows(chain, DB, "select 'a;b'; select ';' as s");
    await rows(chain, DB, "create table u (a); insert into u values (1), (2); select * from u");
    await result(chain, DB, "insert into t values (31, 'a'); insert into t values (32, 'b')");
    await result(chain, DB, "insert into t values (33, 'a'); select id from t where id > 30");
    await result(chain, DB, "select 1; insert into t values (34, 'a')");
  },
});
