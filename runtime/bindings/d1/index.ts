// The D1 binding. https://developers.cloudflare.com/d1/

import { defineBinding } from "../../binding.ts";
import { D1Database } from "./api.ts";
import { parseD1 } from "./config.ts";
import type { D1Options } from "./config.ts";
import { Database } from "./database.ts";
import type { D1Settings } from "./database.ts";
import { inspectD1, seedD1 } from "./state.ts";
import type { D1Query, D1State } from "./state.ts";

/** Makes the binding; `settings` say who applies migrations. */
export function d1Binding(settings: D1Settings) {
  return defineBinding<D1Options, Database, D1Database, D1State, D1Query>({
    kind: "d1",
    keys: ["d1_databases"],
    parse: parseD1,
    open: (context) => new Database(context, settings),
    expose: (use, { options }) => new D1Database(use, options.hasQuery),
    inspect: inspectD1,
    seed: seedD1,
  });
}
