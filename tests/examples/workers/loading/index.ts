import { old, load } from "@vendor/old";
import Driver, { driver } from "database-driver";
import { build } from "virtual:build";
import add from "./assets/add.wasm";
import data from "./assets/data.bin";
import json from "./assets/data.json";
import note from "./assets/note.txt";
import page from "./assets/page.html";
import query from "./assets/query.sql";
import readme from "./docs/readme.md";
import schema from "./docs/schema.graphql";
import { a } from "./lib/a.ts";
import { fail } from "./lib/fail.ts";
import plain from "./lib/plain.cjs";
import { ready } from "./lib/slow.ts";

/** Everything that this worker has loaded. */
export const loaded = {
  alias: { driver, name: new Driver().name, old, load: load()(), build },
  data: [...new Uint8Array(data)],
  define: { VERSION, SAME_VERSION, LIMITS, build: process.env["BUILD"], debug: settings.debug },
  json,
  text: { note, page: String(page), query, readme, schema },
  modules: { cycle: a(3), ready, plain: plain() },
  sum: (new WebAssembly.Instance(add).exports["add"] as (a: number, b: number) => number)(2, 3),
};

export default {
  async fetch(request: Request): Promise<Response> {
    if (new URL(request.url).pathname === "/fail") fail({ why: "as asked" });
    return Response.json(loaded);
  },
};
