// Values bound to statements, and what SQLite sees of them.

import type { D1PreparedStatement } from "@cloudflare/workers-types";
import { script } from "../../script.ts";
import { compatibilityDate, config, rows } from "./parts/statements.ts";
import type { Env } from "./parts/statements.ts";

const seen = "select typeof(?1) as t, ?1 as v, quote(?1) as q";

export default script<Env>({
  id: "d1-values",
  compatibilityDate,
  config,
  async run({ env: { DB }, chain, call, make }) {
    const { buffer } = Uint8Array.of(7, 8);
    const views = [
      ...[Uint8Array.of(1, 2, 255), Uint16Array.of(1, 2, 256), Float32Array.of(1.5, -1)],
      ...[Int8Array.of(-1), new DataView(buffer), Uint8ClampedArray.of(300), Int32Array.of(-2)],
      Uint8Array.of(1, 2, 3, 4).subarray(1, 3),
    ];
    const numbers = [42, 0, -0, -7, 1.5, 2 ** 31, 2 ** 63, NaN, Infinity, -Infinity];
    const others = [true, false, null, "", "text", "é😀", "a\0b", buffer, [1, 2.7], []];
    for (const value of [...numbers, ...others, ...views]) await rows(chain, DB, seen, value);

    const refused = [
      ...[undefined, 5n, { a: 1 }, new Date(0), () => 1, new Map(), [1, 2, 300], [-1], ["a"]],
      ...[[[1]], /x/, new URL("http://x/"), Promise.resolve(), [NaN], Symbol("s")],
      ...[Object.create(null), new Blob(["x"]), [null], new Error("e"), new Set([1])],
    ];
    const statement = make<D1PreparedStatement>(DB, ["prepare", "select ? as refused"]);
    for (const value of refused) await call("statement.bind", statement, [value]);
    await call("statement.bind of a good and a bad value", statement, ["good", undefined]);
    await chain("DB", DB, ["prepare", seen], ["bind", BigInt64Array.of(1n)], ["raw"]);

    await rows(chain, DB, "select ? / 2", 5);
    await rows(chain, DB, "select json_array(?, ?)", 5, "5");
    await rows(chain, DB, "select 'n' || ?", 5);
    await rows(chain, DB, "select ? = 5, ? = '5'", 5, 5);
    await rows(chain, DB, "select length(?), ? || 'x'", "\ud83d\ude00", "a");
    await DB.exec("create table c (i integer, r real, t text, n numeric, b blob, x)");
    const five = "insert into c values (?1, ?1, ?1, ?1, ?1, ?1) returning *";
    const types =
      "select typeof(i), typeof(r), typeof(t), typeof(n), typeof(b), typeof(x), t from c";
    await rows(chain, DB, five, 5);
    await rows(chain, DB, types);
    await rows(chain, DB, "insert into c values (?1, ?1, ?1, ?1, ?1, ?1) returning typeof(i)", "7");
    await rows(chain, DB, "insert into c (i) values (?) returning i, typeof(i)", 1.5);
    await rows(chain, DB, "insert into c (i) values (?) returning typeof(i), i + 1", "x");
  },
});
