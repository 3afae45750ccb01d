// The forms in which rows come back, and how values look in them.

import type { D1PreparedStatement } from "@cloudflare/workers-types";
import { script } from "../../script.ts";
import { compatibilityDate, config, result, rows, volatile } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

export default script<Env>({
  id: "d1-results",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain, call, make }) {
    await DB.exec("create table t (id integer primary key, name text, data blob)");
    await DB.prepare("insert into t values (1, 'one', x'0102'), (2, null, null)").run();

    const all = make<D1PreparedStatement>(DB, ["prepare", "select * from t order by id"]);
    await chain("statement", all, ["raw"]);
    await call("statement.raw", all, [{ columnNames: true }]);
    await call("statement.raw", all, [{ columnNames: false }]);
    await call("statement.raw", all, [{ columnNames: 1 }]);
    await call("statement.raw", all, [null]);
    await call("statement.raw", all, ["x"]);
    await chain("statement", all, ["first"]);
    await call("statement.first", all, ["name"]);
    await call.with({ counts: false }, "statement.first of a column of no value", all, ["data"]);
    await call.with({ counts: false }, "statement.first of an unknown column", all, ["missing"]);
    await call("statement.first of another case", all, ["Name"]);
    await call("statement.first of nothing", all, [""]);
    await call("statement.first of undefined", all, [undefined]);
    await call("statement.first of null", all, [null]);
    await call("statement.first of an object", all, [{}]);
    await chain.with({ volatile }, "statement", all, ["all"]);
    await chain.with({ volatile }, "statement", all, ["run"]);

    const none = make<D1PreparedStatement>(DB, ["prepare", "select * from t where id = 9"]);
    await chain("no row", none, ["first"]);
    await call.with({ counts: false }, "none.first", none, ["name"]);
    await call.with({ counts: false }, "none.first of an unknown column", none, ["missing"]);
    await call.with({ counts: false }, "none.raw", none, [{ columnNames: true }]);
    await chain.with({ volatile }, "no row", none, ["all"]);

    const nothing = make<D1PreparedStatement>(DB, ["prepare", "select null as a, 0 as b"]);
    await call.with({ counts: false }, "nothing.first", nothing, ["a"]);
    await call.with({ counts: false }, "nothing.first of zero", nothing, ["b"]);
    const numbered = make<D1PreparedStatement>(DB, ["prepare", "select 1 as `0`"]);
    await call("numbered.first", numbered, [0]);

    await rows(chain, DB, "select 1 a, 2 a, 3 b");
    await result(chain, DB, "select 1 as a, 2 as a, 3 as b");
    await result(chain, DB, "select 1 as `2`, 5 as `1`, 6 as x");
    await rows(chain, DB, "select 1 as __proto__, 2 as constructor");
    await result(chain, DB, "select 1 as __proto__, 2 as x");
    await rows(chain, DB, "select 9007199254740993, -9007199254740993, 9223372036854775807");
    await result(chain, DB, "select 9007199254740993 as big");
    await rows(chain, DB, "select 9e999, -9e999, -0.0, 0.1, 1e300, 5.0");
    await result(chain, DB, "select 9e999 as i, -0.0 as z, x'00ff' as b, x'' as e");
    await rows(chain, DB, "select x'0102', x'', zeroblob(3), cast('é' as blob)");
    await rows(chain, DB, "select cast(x'ff41' as text), cast(x'410042' as text)");
    await rows(chain, DB, "select true, false, null, 1 = 1, 'a' < 'b'");
    await rows(chain, DB, "select id, upper(name), length(data) from t");
    await rows(chain, DB, "select t.*, t.id as again, count(*) over () from t");
    await rows(chain, DB, "insert into t (name) values ('three')");
    await rows(chain, DB, "insert into t (name) values ('four') returning id, name");
    await rows(chain, DB, "update t set name = 'x' where id > 2 returning *");
    await rows(chain, DB, "delete from t where id > 2 returning id");
    await rows(chain, DB, "create table other (a)");
    await result(chain, DB, "insert into t (id, name) values (9007199254740993, 'n') returning id");
    await rows(chain, DB, "explain query plan select * from t where id = 1");
    await rows(chain, DB, "values (1, 'a'), (2, 'b')");
  },
});
