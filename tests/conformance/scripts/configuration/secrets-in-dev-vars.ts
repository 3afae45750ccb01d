// `secrets.required` with a `.dev.vars`: the process's variables are not asked.

import { script } from "../../script.ts";
import { sorted } from "./support/sorted.ts";

export default script({
  id: "configuration-secrets-in-dev-vars",
  compatibilityDate: "2026-11-01",
  processEnv: { API_KEY: "of the process" },
  config: { vars: { VAR: "text" }, secrets: { required: ["API_KEY", "TOKEN"] } },
  files: { ".dev.vars": "TOKEN=file\nVAR=file\nUNASKED=file\n" },
  async run({ env, call }) {
    await call("Object.entries of what the file has", Object, [sorted(env)]);
  },
});
