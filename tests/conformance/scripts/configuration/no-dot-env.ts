// CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV=false: then `.env` files are not read.

import { script } from "../../script.ts";
import { sorted } from "./support/sorted.ts";

export default script({
  id: "configuration-no-dot-env",
  compatibilityDate: "2026-11-01",
  processEnv: { CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false", TEXT: "of the process" },
  config: { vars: { TEXT: "of the configuration" } },
  files: { ".env": "TEXT=env\nMORE=env\n" },
  async run({ env, call }) {
    await call("Object.entries of vars alone", Object, [sorted(env)]);
  },
});
