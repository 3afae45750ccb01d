// Without a `.dev.vars` the `.env` files are read, later ones over earlier ones, and references in them are expanded.
// https://developers.cloudflare.com/workers/local-development/environment-variables/

import { script } from "../../script.ts";

export default script<Record<string, string>>({
  id: "configuration-dot-env",
  compatibilityDate: "2026-11-01",
  environment: "staging",
  config: { env: { staging: { vars: { VAR: "of the configuration", OVER: 1 } } } },
  files: {
    ".env": [
      "A=env",
      "B=env",
      "C=env",
      "D=env",
      "BASE=http://base",
      "URL=${BASE}/path",
      "CHAINED=$URL?q",
      "DEFAULT=${MISSING:-fallback text}",
      "UNSET=[$MISSING]",
      "ESCAPED=\\$BASE",
      "SINGLE='$BASE in single quotes'",
      "OF_VARS=$VAR",
      "LATER=$B",
      "OVER=2",
      "",
    ].join("\n"),
    ".env.local": "B=local\nC=local\nD=local\n",
    ".env.staging": "C=staging\nD=staging\n",
    ".env.staging.local": "D=staging local\n",
    ".env.production": "A=production\nOTHER=1\n",
    ".dev.vars.production": "A=production\n",
  },
  async run({ env, call, chain, note }) {
    await note("names", Object.keys(env).sort());
    const text = (name: string): string => env[name] ?? `no ${name}`;
    const { A, B, C, D } = env;
    await call("Object.values of one name in all files", Object, [{ A, B, C, D }]);
    await call("new URL", URL, [text("URL")]);
    await call("JSON.stringify of a chain", JSON, [text("CHAINED")]);
    await chain("DEFAULT", text("DEFAULT"), ["concat", "!"]);
    await call("JSON.stringify of an unset one", JSON, [text("UNSET")]);
    await chain("ESCAPED", text("ESCAPED"), ["at", 0]);
    await call("JSON.stringify of a reference in single quotes", JSON, [text("SINGLE")]);
    await chain("OF_VARS", text("OF_VARS"), ["concat", "(", ")"]);
    await chain("LATER", text("LATER"), ["concat", "?"]);
    await note("text over a number", env["OVER"]);
  },
});
