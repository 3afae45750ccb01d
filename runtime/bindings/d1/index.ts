// The D1 binding. https://developers.cloudflare.com/d1/

import { defineBinding } from "../../binding.ts";
import type { D1Database } from "./api.ts";
import type { D1Options } from "./config.ts";
import type { D1Settings, Database } from "./database.ts";
import type { D1Query, D1State } from "./state.ts";

/** Makes the binding; `settings` say who applies migrations. Its parts are loaded at their first use. */
export function d1Binding(settings: D1Settings) {
  return defineBinding<D1Options, Database, D1Database, D1State, D1Query>({
    kind: "d1",
    keys: ["d1_databases"],
    parse(config) {
      const { parseD1 } = require("./config.ts") as typeof import("./config.ts");
      return parseD1(config);
    },
    open(context) {
      const { Database } = require("./database.ts") as typeof import("./database.ts");
      return new Database(context, settings);
    },
    expose(use, { options }) {
      const { D1Database } = require("./api.ts") as typeof import("./api.ts");
      return new D1Database(use, options);
    },
    inspect: (resource, query) => state().inspectD1(resource, query),
    seed: (resource, given) => state().seedD1(resource, given),
  });
}

function state(): typeof import("./state.ts") {
  return require("./state.ts");
}
