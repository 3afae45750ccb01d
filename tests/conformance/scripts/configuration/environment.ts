// What an environment inherits: settings, but no bindings and no variables.
// https://developers.cloudflare.com/workers/wrangler/environments/

import { script } from "../../script.ts";
import { sorted } from "./support/sorted.ts";

interface Kv {
  put(key: string, value: string): Promise<void>;
}

export default script<Record<string, unknown> & { KV: Kv; SAME: Kv }>({
  id: "configuration-environment",
  compatibilityDate: "2024-01-01",
  compatibilityFlags: ["url_original"],
  environment: "staging",
  config: {
    vars: { TOP: "top", BOTH: "top", OBJECT: { top: 1, both: 1 } },
    kv_namespaces: [
      { binding: "KV", id: "kv" },
      { binding: "TOP_KV", id: "kv" },
    ],
    d1_databases: [{ binding: "DB", database_id: "db", database_name: "db" }],
    env: {
      staging: {
        vars: { BOTH: "staging", OBJECT: { both: 2 } },
        kv_namespaces: [
          { binding: "KV", id: "staging-kv" },
          { binding: "SAME", id: "staging-kv" },
        ],
        compatibility_date: "2026-11-01",
      },
      production: { vars: { PRODUCTION: 1 } },
    },
  },
  async run({ env, call, note }) {
    await note("names", Object.keys(env).sort());
    const { BOTH, OBJECT, TOP } = env;
    await call("Object.entries of an environment's vars", Object, [{ BOTH, OBJECT, TOP }]);
    await call("Reflect.has of a binding of the top level", Reflect, [
      sorted({ ...env, KV: 1, SAME: 2 }),
      "DB",
    ]);
    await call.with({ counts: false }, "KV.put", env.KV, ["key", "of staging"]);
    await call.with({ counts: false }, "SAME.get", env.SAME, ["key"]);
    // The environment has a date of its own, and the flags of the top level.
    await call("new URL by the flags of the top level", URL, ["http://host/a b|c"]);
    await call("new Blob by the date of the environment", Blob, [["a"], { type: "text/plain;x" }]);
  },
});
