// What reads say about themselves, above all how many rows they read.

import { script } from "../../script.ts";
import { compatibilityDate, config, metaSchema, result } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

export default script<Env>({
  id: "d1-meta",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain }) {
    await result(chain, DB, "select 1 as empty_database");
    await DB.exec(metaSchema);
    for (const sql of [
      ...["select * from users", "select count(*) from users", "select age from users"],
      ...["select * from users where id = 1", "select * from users where id = 99"],
      ...["select * from users where rowid = 1", "select * from users where id = 1 and name = 'q'"],
      ...["select * from users where email = 'a@x'", "select * from users where email = 'q'"],
      ...["select id from users where email = 'a@x'", "select * from users where age = 30"],
      ...["select * from users where age = 40", "select * from users where age = 99"],
      ...["select * from users where age > 25", "select * from users where age >= 30 and age < 40"],
      ...["select * from users where age is null", "select * from users where age in (20, 30)"],
      ...["select * from users where id in (1, 2, 99)", "select * from users where id > 2"],
      ...["select * from users where id between 2 and 3", "select * from users where name = 'A'"],
      ...["select * from users where name like 'A%'", "select * from users where 0"],
      ...["select * from users where id = null", "select * from users where id = 1 or id = 2"],
      ...["select * from users where age = 30 and id > 1", "select * from users order by name"],
      ...["select * from users order by id desc", "select * from users order by age"],
      ...["select * from users order by email desc", "select * from users order by name limit 2"],
      ...["select * from users limit 2", "select * from users limit 2 offset 1"],
      ...["select * from users limit 0", "select * from users where age = 30 limit 1"],
      ...["select * from users where age = 30 order by name", "select max(id) from users"],
      ...["select * from users where age between 20 and 30 order by age desc"],
      ...["select age, count(*) from users group by age", "select distinct age from users"],
      ...["select name, count(*) from users group by name", "select distinct name from users"],
      ...[
        "select min(age) from users",
        "select max(age) from users",
        "select max(name) from users",
      ],
      ...["select sum(age) from users", "select exists (select 1 from users where id = 1)"],
      ...[
        "select avg(age), count(*) from users where id > 1",
        "select count(distinct age) from users",
      ],
      ...["select * from users u join posts p on p.user_id = u.id", "select * from users, plain"],
      ...["select * from posts p join users u on u.id = p.user_id", "select * from posts"],
      ...["select * from users u left join posts p on p.user_id = u.id"],
      ...["select u.*, (select count(*) from posts where user_id = u.id) n from users u"],
      ...["select * from users u join posts p on p.user_id = u.id where u.id = 1"],
      ...[
        "select * from posts where user_id = 1",
        "select * from kv",
        "select * from kv where k = 'a'",
      ],
      ...[
        "select * from posts where user_id = 1 and title = 'p1'",
        "select * from kv where k = 'zz'",
      ],
      ...[
        "select title from posts where user_id = 1 order by title",
        "select * from kv where k > 'a'",
      ],
      ...["select * from posts where user_id = 1 order by id", "select * from plain where a = 1"],
      ...["select rowid, * from plain where rowid = 1", "select * from empty_t"],
      ...["select * from empty_t where a = 1", "select count(*) from empty_t"],
      ...["select id from users union select id from posts", "values (1), (2)"],
      ...["select id, email from users union all select id, title from posts"],
      ...["with x as (select * from users) select count(*) from x", "pragma table_info(users)"],
      ...["select name from sqlite_master where type = 'table'", "explain select * from users"],
      ...["select value from json_each('[1,2,3]')", "select name from pragma_table_info('users')"],
    ]) {
      await result(chain, DB, sql);
    }
    await result(chain, DB, "select * from users where id = ?", 1);
    await result(chain, DB, "select * from users where id = ?", null);
    await result(chain, DB, "select * from users where email = ?", "b@x");
    await result(chain, DB, "select * from users where age = ?", 30);
    await result(chain, DB, "select * from users where age > ? and age <= ?", 20, 40);
    await result(chain, DB, "select * from posts where user_id = ? and title >= ?", 1, "p2");
    await result(chain, DB, "select * from users where id in (?, ?)", 1, 2);
    await result(chain, DB, "select * from users limit ? offset ?", 2, 2);
    await result(chain, DB, "select * from users where id = ? limit ?", 1, 1);
  },
});
