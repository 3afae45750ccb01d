// What writes say about themselves: changes, rows read and written, the last row id, the size.

import { script } from "../../script.ts";
import { compatibilityDate, config, metaSchema, result } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

export default script<Env>({
  id: "d1-writes",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain }) {
    await result(chain, DB, "create table first_table (a)");
    await result(chain, DB, "create table if not exists first_table (a)");
    await result(chain, DB, "create table keyed (a primary key, b unique)");
    await result(chain, DB, "create table counted (a integer primary key autoincrement)");
    await result(chain, DB, "create index first_index on first_table (a)");
    await result(chain, DB, "create view first_view as select 1");
    await result(
      chain,
      DB,
      "create trigger first_trigger after insert on keyed begin select 1; end",
    );
    await DB.exec(metaSchema);
    for (const sql of [
      "insert into users (email, name, age) values ('h@x', 'H', 30)",
      "insert into users (id, email) values (20, 'i@x')",
      "insert into users (email, age) values ('j@x', 1), ('k@x', 2), ('l@x', 3)",
      "insert into users (email) values ('m@x') returning id",
      "insert into posts (user_id, title) values (1, 'p6')",
      "insert into posts (user_id, title) values (1, 'p7'), (2, 'p8')",
      "insert into kv values ('x', '1'), ('y', '2')",
      "insert into plain select a + 10, b from plain",
      "insert into plain select id, age from users where age > 25",
      "update users set name = 'AA' where id = 1",
      "update users set name = 'AA' where id = 99",
      "update users set age = 31 where id = 1",
      "update users set email = 'aa@x' where email = 'a@x'",
      "update users set name = 'Z' where age = 30",
      "update users set age = age + 1",
      "update users set name = 'U' where id = 2 returning *",
      "update posts set title = 'x' where user_id = 1",
      "update plain set b = 5",
      "update plain set b = 6 where a = 1",
      "update kv set v = 'q' where k = 'a'",
      "update kv set v = 'q'",
      "insert into kv values ('a', '5') on conflict (k) do update set v = excluded.v",
      "insert into kv values ('z', '5') on conflict (k) do update set v = excluded.v",
      "insert into users (id, email) values (1, 'u@x') on conflict (id) do update set name = 'C'",
      "insert into users (id, email) values (1, 'u@x') on conflict do nothing",
      "insert or ignore into users (id, email) values (1, 'u@x')",
      "insert or replace into users (id, email) values (55, 'v@x')",
      "replace into kv values ('a', '6')",
      "insert or ignore into kv values ('new', '6')",
      "select 'a read after writes' as r",
      "delete from posts where id = 1",
      "delete from posts where id = 99",
      "delete from posts where user_id = 2",
      "delete from plain where a = 1",
      "delete from kv where k = 'a'",
      "delete from kv",
      "delete from plain",
      "insert into logged values (1)",
      "insert into logged values (2), (3)",
      "select * from log",
    ]) {
      await result(chain, DB, sql);
    }
    await result(chain, DB, "insert into plain values (?, ?)", 1, 2);
    await result(chain, DB, "update users set name = ? where id = ?", "W", 2);
    await result(chain, DB, "update users set name = ?2 where id = ?1", 999, "W");
    await result(chain, DB, "insert into posts (user_id, title) values (?, ?)", 1, "p9");
    await result(chain, DB, "delete from posts where id = ?", 2);
    const page = "x".repeat(5000);
    await result(chain, DB, "insert into plain (a) values (?) returning length(a)", page);
    await result(chain, DB, "select count(*) as n from plain");
  },
});
