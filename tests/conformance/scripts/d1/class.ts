// The binding as an object: its class, its members, and their misuse.

import type { D1PreparedStatement } from "@cloudflare/workers-types";
import { script } from "../../script.ts";
import { compatibilityDate, config } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

export default script<Env>({
  id: "d1-class",
  compatibilityDate,
  config,
  async run({ env: { DB }, call, chain, note, make }) {
    const names = (target: object): unknown => [
      target.constructor.name,
      String(target),
      Object.keys(target),
      "dump" in target,
    ];
    const statement = make<D1PreparedStatement>(DB, ["prepare", "select 1 as a"]);
    await note("the database", names(DB));
    await note("a statement", names(statement));
    await note("a session", names(DB.withSession()));
    await note("as JSON", [JSON.stringify(DB), JSON.stringify(statement.bind(1, "x"))]);
    const lengths = [DB.prepare, DB.batch, DB.exec, DB.dump, DB.withSession, statement.bind];
    await note(
      "lengths",
      lengths.map(({ name, length }) => [name, length]),
    );
    await note(
      "lengths of a statement",
      [statement.first, statement.run, statement.all, statement.raw].map(({ name, length }) => [
        name,
        length,
      ]),
    );

    await chain("DB", DB, ["dump"]);
    await call("DB.query without the flag", DB, [{ queries: [{ sql: "select 1" }] }]);
    const { prepare, batch, exec, withSession, dump } = DB;
    const bare: unknown = undefined;
    await call("prepare.call", prepare, [bare, "select 1"]);
    await call("batch.call", batch, [bare, [statement]]);
    await call("exec.call", exec, [bare, "select 1"]);
    await call("withSession.call", withSession, [bare, "first-primary"]);
    await call("dump.call", dump, [bare]);
    await call("first.call", statement.first, [bare, "a"]);
    await call.with({ counts: false }, "all.call", statement.all, [bare]);
    await call.with({ counts: false }, "run.call", statement.run, [bare]);
    await call("raw.call", statement.raw, [bare, { columnNames: true }]);
    await call("bind.call", statement.bind, [bare, 1]);
  },
});
