// Which pragmas may be read, set and joined.

import { script } from "../../script.ts";
import { compatibilityDate, config, rows } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

const refused =
  "analysis_limit application_id auto_vacuum cache_size compile_options database_list encoding freelist_count " +
  "function_list integrity_check journal_mode max_page_count module_list page_count pragma_list query_only " +
  "schema_version synchronous temp_store trusted_schema user_version wal_checkpoint writable_schema nope";

export default script<Env>({
  id: "d1-pragmas",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain }) {
    await DB.exec("create table t (a integer primary key, b text unique default 'x', c not null)");
    await DB.exec("create table u (a, tc references t (a) on delete cascade, v as (a + 1))");
    await DB.exec("create index ti on t (c desc, b)");
    for (const name of refused.split(" ")) await rows(chain, DB, `pragma ${name}`);
    for (const name of ["user_version", "journal_mode", "synchronous", "page_size", "nope"]) {
      await rows(chain, DB, `pragma ${name} = 1`);
    }
    const flags = [
      ...["case_sensitive_like", "defer_foreign_keys", "foreign_keys", "ignore_check_constraints"],
      ...["legacy_alter_table", "recursive_triggers", "reverse_unordered_selects"],
    ];
    for (const flag of flags) {
      await rows(chain, DB, `pragma ${flag}`);
      await rows(chain, DB, `pragma ${flag} = on`);
      await rows(chain, DB, `pragma ${flag} = 'off'`);
      await rows(chain, DB, `pragma ${flag} = maybe`);
    }
    for (const pragma of [
      ...["table_info", "table_xinfo", "index_list", "foreign_key_list", "index_info"],
      ...["index_xinfo", "foreign_key_check", "quick_check", "table_list"],
    ]) {
      const of = pragma.startsWith("index_") && pragma !== "index_list" ? "ti" : "u";
      await rows(chain, DB, `pragma ${pragma}(${of})`);
      if (!["table_list", "quick_check", "foreign_key_check"].includes(pragma)) {
        await rows(chain, DB, `pragma ${pragma}`);
      }
    }
    await rows(chain, DB, "PRAGMA Main.Table_Info = t");
    await rows(chain, DB, "pragma table_info(_cf_KV)");
    await rows(chain, DB, "pragma table_info(nope)");
    await rows(chain, DB, "pragma page_size");
    await rows(chain, DB, "pragma optimize");
    await rows(chain, DB, "pragma quick_check");
    await rows(chain, DB, "select name, pk from pragma_table_info('t')");
    await rows(
      chain,
      DB,
      "select m.name, i.name from sqlite_master m, pragma_index_list(m.name) i order by 2",
    );
    await rows(chain, DB, "select * from pragma_user_version");
    await rows(chain, DB, "select foreign_keys from pragma_foreign_keys");
    await rows(chain, DB, "select 'a' like 'A'");
    await rows(chain, DB, "pragma case_sensitive_like = 1; select 'a' like 'A'");
    await rows(chain, DB, "pragma case_sensitive_like = 0");
    await rows(chain, DB, "select typeof(data_version) as t from pragma_data_version");
    await rows(chain, DB, "pragma data_version = 5; select 1 as after_it");
    await rows(chain, DB, "pragma main.data_version(1)");
    await rows(chain, DB, "pragma optimize(1)");
    await rows(chain, DB, "pragma optimize = 0xfffe");
    await rows(chain, DB, "pragma optimize(-1)");
    await rows(chain, DB, "pragma optimize('x')");
    await rows(chain, DB, "pragma optimize(1.5)");
    await rows(chain, DB, "pragma optimize = 4294967297");
    await rows(chain, DB, "pragma optimize = '12ab'");
    await rows(chain, DB, "pragma optimize = ''");
    await rows(chain, DB, "pragma optimize = 99999999999999999999");
    await rows(chain, DB, "pragma optimize = 0xfffffffff");
    await rows(chain, DB, "pragma optimize = 2147483647");
    await rows(chain, DB, "pragma optimize = 2147483648");
    await rows(chain, DB, "pragma optimize = -2147483648");
    await rows(chain, DB, "pragma optimize = ' 1'");
    await rows(chain, DB, "pragma optimize = '1 '");
    await rows(chain, DB, "pragma optimize = +1");
    await rows(chain, DB, "pragma optimize = '-0X1F'");
    await rows(chain, DB, "pragma optimize = '010'");
    await rows(chain, DB, "pragma main.foreign_key_check");
    await rows(chain, DB, "pragma table_list");
  },
});
