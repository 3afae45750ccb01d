// CLOUDFLARE_INCLUDE_PROCESS_ENV=true: the process's variables are read as if they were in an `.env` file, and win over it.

import { script } from "../../script.ts";

export default script({
  id: "configuration-process-variables",
  compatibilityDate: "2026-11-01",
  processEnv: {
    CLOUDFLARE_INCLUDE_PROCESS_ENV: "True",
    FROM_PROCESS: "of the process",
    BOTH: "of the process",
    VAR: "of the process",
    BASE: "base",
  },
  config: { vars: { VAR: 1, KEPT: 2 } },
  files: { ".env": "BOTH=file\nOWN=file\nREFERENCE=$BASE/path\n" },
  async run({ env, call, note }) {
    await note("names", Object.keys(env).sort());
    const { CLOUDFLARE_INCLUDE_PROCESS_ENV, FROM_PROCESS, BOTH, VAR, KEPT, OWN, REFERENCE } = env;
    await call("Object.values with the process's", Object, [{ FROM_PROCESS, BOTH, VAR, KEPT }]);
    await call("Object.values of the file's", Object, [{ OWN, REFERENCE }]);
    await note("the switch itself", CLOUDFLARE_INCLUDE_PROCESS_ENV);
  },
});
