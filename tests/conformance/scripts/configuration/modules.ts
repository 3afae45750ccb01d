// Modules that are no code: text, data and WebAssembly by wrangler's rules, and what `define` and `alias` put into code.
// https://developers.cloudflare.com/workers/wrangler/bundling/

import { script } from "../../script.ts";

type Stub = Record<string, (...args: unknown[]) => Promise<unknown>>;

export default script<{ MODULES: Stub }>({
  id: "configuration-modules",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "MODULES", service: "modules" }] },
  files: {
    "workers/modules/replacement.js": 'export default "replaced";\nexport const named = [1];\n',
  },
  workers: {
    modules: {
      main: "./workers/use-modules.ts",
      bundler: "wrangler",
      config: {
        define: { ANSWER: "41", "BUILD.name": '"a build"', "BUILD.list": "[1, 2]" },
        alias: { "greeting-package": "./replacement.js" },
        rules: [{ type: "Text", globs: ["**/*.md"], fallthrough: true }],
      },
    },
  },
  async run({ env: { MODULES }, call }) {
    await call("MODULES.kinds", MODULES, ["wasm", "bin", "txt"]);
    await call("MODULES.value of a text", MODULES, ["text"]);
    for (const name of ["marked", "html", "page", "query"]) {
      await call.with({ counts: false }, `MODULES.value ${name}`, MODULES, [name]);
    }
    await call("MODULES.value of data", MODULES, ["bytes", { as: "data" }]);
    await call("MODULES.add", MODULES, [2, 3]);
    await call("MODULES.aliased", MODULES, ["greeting-package"]);
    await call("MODULES.defined", MODULES, ["ANSWER"]);
    await call("MODULES.later", MODULES, ["text.txt"]);
  },
});
