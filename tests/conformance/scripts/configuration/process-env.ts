// `process.env` under nodejs_compat: variables and secrets as text, no bindings; a copy that env does not follow.
// https://developers.cloudflare.com/workers/configuration/environment-variables/#environment-variables-and-nodejs-compatibility

import { script } from "../../script.ts";

interface Scope {
  process: { env: Record<string, unknown> };
}

export default script<Record<string, unknown>>({
  id: "configuration-process-env",
  compatibilityDate: "2026-11-01",
  config: {
    vars: {
      TEXT: "text",
      EMPTY: "",
      NUMBER: 1.5,
      YES: true,
      NONE: null,
      LIST: [1, "a"],
      OBJECT: { a: { b: "c" } },
      "with-dash": "dash",
    },
    kv_namespaces: [{ binding: "KV", id: "kv" }],
  },
  files: { ".dev.vars": "SECRET=kept\n" },
  async run({ env, call, note }) {
    const { process } = globalThis as unknown as Scope;
    await note("names", Object.keys(process.env).sort());
    await note("the same object on each read", process.env === process.env);
    const { TEXT, EMPTY, NUMBER, YES, NONE, LIST, OBJECT, SECRET, KV } = process.env;
    await call("Object.values of text", Object, [{ TEXT, EMPTY, SECRET }]);
    await call("Object.values of JSON", Object, [{ NUMBER, YES, NONE, LIST, OBJECT }]);
    await call("Object.values of a binding and a dash", Object, [
      { KV, dash: process.env["with-dash"] },
    ]);
    await note("descriptor", Object.getOwnPropertyDescriptor(process.env, "SECRET"));

    process.env["NEW"] = 5;
    process.env["TEXT"] = "changed";
    process.env["GONE"] = undefined;
    delete process.env["EMPTY"];
    const { NEW, GONE } = process.env;
    await call("Object.entries after writes", Object, [{ NEW, GONE, TEXT: process.env["TEXT"] }]);
    await note("what was deleted", "EMPTY" in process.env);
    await note("env has none of it", [env["NEW"], env["TEXT"], env["EMPTY"]]);
    env["TEXT"] = "changed in env";
    await note("nor the other way", process.env["TEXT"]);
  },
});
