// `secrets.required`: only names that are required, or in `vars`, are taken from the files, and from the process too.
// https://developers.cloudflare.com/workers/wrangler/configuration/#secrets

import { script } from "../../script.ts";
import { sorted } from "./support/sorted.ts";

export default script({
  id: "configuration-secrets-required",
  compatibilityDate: "2026-11-01",
  processEnv: { API_KEY: "of the process", TOKEN: "of the process", STRAY: "of the process" },
  config: {
    vars: { VAR: { json: true }, OVER: 1 },
    secrets: { required: ["API_KEY", "TOKEN", "MISSING"] },
  },
  files: { ".env": "TOKEN=file\nOVER=file\nUNASKED=file\n" },
  async run({ env, call }) {
    await call("Object.entries of what is required", Object, [sorted(env)]);
    await call("Reflect.get of a missing secret", Reflect, [sorted(env), "MISSING"]);
  },
});
