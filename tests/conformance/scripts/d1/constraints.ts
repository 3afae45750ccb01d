// What SQLite refuses while it runs a statement: constraints, triggers, types, values.

import { script } from "../../script.ts";
import { compatibilityDate, config, rows } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

const schema = `create table p (id integer primary key, v text unique)
create table c (id integer primary key, pid integer not null references p (id) on delete cascade)
create table d (id integer primary key, pid integer references p (id))
create table s (x integer not null check (x > 0), y text check (length(y) < 3)) strict
create table k (a text, b text, primary key (a, b)) without rowid
create table g (a integer, b as (a * 2) stored, c as (a + 1))
create unique index si on s (y)
create trigger pa before insert on p when new.id = 98 begin select raise(abort, 'abort it'); end
create trigger pi before insert on p when new.id = 97 begin select raise(ignore); end
create trigger pf before insert on p when new.id = 96 begin select raise(fail, 'fail it'); end`;

export default script<Env>({
  id: "d1-constraints",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain }) {
    await DB.exec(schema);
    const good = ["insert into p values (1, 'a'), (2, 'b')", "insert into c values (1, 1), (2, 1)"];
    const bad = [
      ...["insert into p values (1, 'z')", "insert into p values (3, 'a')"],
      ...["insert into p values ('q', 'z')", "insert into c values (9, 99)"],
      ...[
        "insert into c values (9, null)",
        "update c set pid = 99",
        "insert into d values (1, 99)",
      ],
      ...["insert into s values (null, 'a')", "insert into s values (0, 'a')"],
      ...["insert into s values (1, 'long')", "insert into s values ('x', 'a')"],
      ...["insert into k values ('a', 'b'), ('a', 'b')", "insert into k values (null, 'b')"],
      ...["insert into g values (1, 2, 3)", "update g set b = 1", "insert into g (b) values (1)"],
      ...["insert into p values (98, 'r')", "insert into p values (95, 'r'), (96, 's')"],
      ...["update p set id = 5 where id = 1", "insert into p values (1.5, 'f')"],
      ...["insert or abort into p values (4, 'd'), (1, 'e')"],
      ...["insert or fail into p values (5, 'd'), (1, 'e')"],
    ];
    for (const sql of [...good, ...bad]) await rows(chain, DB, sql);
    await rows(chain, DB, "select * from p order by id");
    await rows(chain, DB, "insert into p values (97, 'ignored')");
    await rows(chain, DB, "insert or ignore into p values (1, 'z'), (6, 'f')");
    await rows(chain, DB, "insert or replace into p values (6, 'g')");
    await rows(chain, DB, "insert into p values (6, 'h') on conflict (id) do update set v = 'i'");
    await rows(chain, DB, "insert into p values (6, 'h') on conflict do nothing returning id");
    await rows(chain, DB, "insert into p values (7, 'a') on conflict (zz) do nothing");
    await rows(chain, DB, "delete from p where id = 1");
    await rows(chain, DB, "select count(*) from c");
    await rows(chain, DB, "insert into d values (1, 2)");
    await rows(chain, DB, "drop table p");
    await rows(chain, DB, "delete from p where id = 2");
    await rows(chain, DB, "pragma foreign_keys = off");
    await rows(chain, DB, "pragma foreign_keys = 0; delete from p where id = 2");
    await rows(chain, DB, "select * from d");
    await rows(chain, DB, "delete from d returning pid");
    await rows(chain, DB, "insert into c values (5, 6); drop table p; select * from c");
    await rows(chain, DB, "insert into c values (6, 6)");
    await rows(chain, DB, "pragma foreign_key_check");
    await rows(chain, DB, "insert into g (a) values (4) returning *");
    await rows(chain, DB, "select json('x')");
    await rows(chain, DB, "select json_extract('{}', 'a')");
    await rows(chain, DB, "select abs(-9223372036854775808)");
    await rows(chain, DB, "select sum(9223372036854775807) from (select 1 union all select 2)");
    await rows(chain, DB, "select zeroblob(3000000000)");
    await rows(chain, DB, "select 1 limit 'x'");
    await rows(chain, DB, "select 1 / 0, 1 % 0, cast('x' as integer)");
    await rows(chain, DB, "select substr('abc', 2, 99), 'a' like 'A', 'a' glob 'A'");
  },
});
