// withSession(): what a session takes as its start, and which bookmark it has then.

import type { D1DatabaseSession } from "@cloudflare/workers-types";
import { script } from "../../script.ts";
import { compatibilityDate, config } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

export default script<Env>({
  id: "d1-sessions",
  compatibilityDate,
  config,
  async run({ env: { DB }, call, chain }) {
    const bookmark = "00000001-00000002-00000003-00000000000000000000000000000000";
    const starts = [
      ...[undefined, null, "", "  ", "first-primary", "first-unconstrained", " first-primary "],
      ...["abc", bookmark, "FIRST-PRIMARY"],
    ];
    for (const [i, start] of starts.entries()) {
      const again = i === 0 ? {} : ({ counts: false } as const);
      const session = await call<D1DatabaseSession>("DB.withSession", DB, [start]);
      await chain("session", session, ["getBookmark"]);
      await chain.with(again, "session", session, ["prepare", "select 1 as one"], ["first", "one"]);
      await chain("session", session, ["getBookmark"]);
      const batch = [session.prepare("select 2 as two")];
      await chain.with(again, "session", session, ["batch", batch], ["length"]);
      await chain("session", session, ["getBookmark"]);
    }
    for (const wrong of [5, {}, true, Symbol("s")]) {
      await call("DB.withSession of what is no string", DB, [wrong]);
    }

    const session = DB.withSession("first-primary");
    for (const sql of [
      ...["create table ss (a)", "insert into ss values (1)", "select * from ss", "select zz"],
      ...["update ss set a = 5 where 0", "insert into ss values (1, 2)", "delete from ss"],
    ]) {
      await chain("session", session, ["prepare", sql], ["raw"]);
      await chain("session", session, ["getBookmark"]);
    }
    await chain.with(
      { counts: false },
      "a statement of the database",
      session,
      ["batch", [DB.prepare("select 3 as three")]],
      ["length"],
    );
    await chain("session", session, ["getBookmark"]);
    const other = DB.withSession();
    await chain("a statement of a session", DB, ["batch", [other.prepare("select 4")]], ["length"]);
    await chain("other session", other, ["getBookmark"]);
    await chain("session", session, ["exec"]);
    await call("session._updateBookmark to a newer one", DB.withSession("b"), ["c"]);
    await call.with(
      { counts: false },
      "session._updateBookmark to an older one",
      DB.withSession("c"),
      ["b"],
    );
  },
});
