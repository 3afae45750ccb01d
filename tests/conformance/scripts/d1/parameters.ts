// Parameters: their numbering, their names, and how many values they need.

import type { D1PreparedStatement } from "@cloudflare/workers-types";
import { script } from "../../script.ts";
import { compatibilityDate, config, rows } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

const marks = (count: number): string => Array(count).fill("?").join();

export default script<Env>({
  id: "d1-parameters",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain, call, make }) {
    await rows(chain, DB, "select ?");
    await rows(chain, DB, "select ?", 1, 2);
    await rows(chain, DB, "select 1", 1);
    await rows(chain, DB, "select ?, ?", 1);
    await rows(chain, DB, "select ?2", 1, 2);
    await rows(chain, DB, "select ?2", 1);
    await rows(chain, DB, "select ?1, ?1, ?3", "a", "b", "c");
    await rows(chain, DB, "select ?3, ?", "a", "b", "c", "d");
    await rows(chain, DB, "select :a, @b, $c", "a", "b", "c");
    await rows(chain, DB, "select :a, ?, :a, @b, ?", "a", "b", "c", "d");
    await rows(chain, DB, "select $x::y(z), :é", "a", "b");
    await rows(chain, DB, "select '?', \"?\", [?], `?`, ? -- ?", "only");
    await rows(chain, DB, "select '?', ? as [?], 1 as `?`, \"?\" /* ? */ -- ?", "only");
    await rows(chain, DB, "select ?0", 1);
    await rows(chain, DB, "select ?101", 1);
    await rows(chain, DB, "select 'é', ?101", 1);
    await rows(chain, DB, "select ?100", ...Array(100).fill("v"));
    await rows(chain, DB, `select ${marks(100)}`, ...Array(100).fill(1));
    await rows(chain, DB, `select ${marks(101)}`, ...Array(101).fill(1));
    await rows(chain, DB, "select 1 where 1 in (?, ?, ?)", 3, 2, 1);
    await rows(chain, DB, "select * from (select ? as a) where a = ?", "x", "x");
    await rows(
      chain,
      DB,
      "with w(a) as (values (?), (?)) select a from w order by a desc",
      "a",
      "b",
    );
    await rows(chain, DB, "select ? limit ?", "x", 1);
    await rows(chain, DB, "select ? limit ? offset ?", "y", 1, 1);

    const statement = make<D1PreparedStatement>(DB, ["prepare", "select ? as bound"]);
    await call("statement.bind", statement, ["one"]);
    await chain("statement", statement, ["bind", "one"], ["bind", "two"], ["raw"]);
    await chain("statement", statement, ["bind", true, null, "x"], ["params"]);
    await chain("statement", statement, ["bind", Uint8Array.of(1)], ["params"]);
    await chain("statement", statement, ["bind", "s"], ["statement"]);
    await chain("statement", statement, ["raw"]);
    // The first statement is not changed by what was made from it.
    await chain("statement", statement, ["bind"], ["raw"]);
  },
});
