// How large statements may be.

import { script } from "../../script.ts";
import { compatibilityDate, config, rows } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

const list = (count: number, item: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => item(i)).join();

export default script<Env>({
  id: "d1-limits",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain }) {
    await rows(chain, DB, `select ${list(100, () => "1")}`);
    await rows(chain, DB, `select ${list(101, () => "1")}`);
    await rows(chain, DB, `create table wide (${list(100, (i) => `c${i}`)})`);
    await rows(chain, DB, `create table wider (${list(101, (i) => `c${i}`)})`);
    await rows(chain, DB, "alter table wide add column more");
    await rows(chain, DB, "select * from wide a, wide b");
    await rows(chain, DB, `update wide set ${list(100, (i) => `c${i} = 1`)}`);
    await rows(chain, DB, `insert into wide values (${list(100, () => "null")})`);
    await rows(chain, DB, `create index big on wide (${list(101, (i) => `c${i % 100}`)})`);
    await rows(chain, DB, `select 1 order by ${list(101, () => "1")}`);
    await rows(chain, DB, `select 1${"+1".repeat(98)} as sum`);
    await rows(chain, DB, `select 1${"+1".repeat(100)} as sum`);
    await rows(chain, DB, `select ${"(".repeat(101)}1${")".repeat(101)} as nested`);
    await rows(chain, DB, `select ${"abs(".repeat(100)}1${")".repeat(100)} as nested`);
    await rows(chain, DB, `select 1 as a${" union select 2".repeat(4)}`);
    await rows(chain, DB, `select 1 as a${" union select 2".repeat(5)}`);
    await rows(chain, DB, `select 1 as a${" union all select 2".repeat(6)}`);
    await rows(chain, DB, `select count(*) from (values ${list(600, () => "(1)")})`);
    await rows(chain, DB, "select 'x' like ?", "a".repeat(50));
    await rows(chain, DB, "select 'x' like ?", "a".repeat(51));
    await rows(chain, DB, "select 'x' glob ?", "a".repeat(51));
    await rows(chain, DB, "select 'x' glob ? as g", "é".repeat(26));
    await rows(chain, DB, "select 'x' like ? as l", "é".repeat(25));
    await rows(chain, DB, `select /*${"x".repeat(99_980)}*/ 1`);
    await rows(chain, DB, `select /*${"x".repeat(100_000)}*/ 1`);
    await rows(chain, DB, `select '${"é".repeat(50_000)}'`);
    await rows(chain, DB, `select max(${list(33, () => "1")})`);
    await rows(chain, DB, `select 1 where 1 in (${list(200, () => "1")})`);
    await rows(chain, DB, "select length(?)", "x".repeat(1_000_000));
    await rows(chain, DB, "select length(zeroblob(2000000))");
    await rows(chain, DB, `select ${list(101, (i) => `:p${i}`)}`);
  },
});
