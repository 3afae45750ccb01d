// `.dev.vars.<environment>` takes the place of `.dev.vars`: they are not merged, and no `.env` file is read.

import { script } from "../../script.ts";
import { sorted } from "./support/sorted.ts";

export default script({
  id: "configuration-dev-vars-of-environment",
  compatibilityDate: "2026-11-01",
  environment: "staging",
  config: {
    vars: { TOP: "top", BOTH: "top" },
    env: { staging: { vars: { BOTH: "staging", OBJECT: { of: "staging" } } } },
  },
  files: {
    ".dev.vars": "GENERAL=general\nBOTH=general\n",
    ".dev.vars.staging": "OWN=own\nBOTH=own file\n",
    ".env": "DOT_ENV=1\n",
    ".env.staging": "DOT_ENV_STAGING=1\n",
  },
  async run({ env, call }) {
    await call("Object.entries", Object, [sorted(env)]);
    await call("Reflect.has of the general file's", Reflect, [sorted(env), "GENERAL"]);
  },
});
