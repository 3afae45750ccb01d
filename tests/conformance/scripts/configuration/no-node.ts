// Without nodejs_compat there is no `process` and no `Buffer`, and `env` is as ever.

import { script } from "../../script.ts";
import { sorted } from "./support/sorted.ts";

export default script<Record<string, unknown>>({
  id: "configuration-no-node",
  compatibilityDate: "2024-09-01",
  config: { vars: { TEXT: "text", JSON: [1] } },
  async run({ env, call, note }) {
    await note("node's globals", [
      typeof Reflect.get(globalThis, "process"),
      typeof Reflect.get(globalThis, "Buffer"),
      typeof Reflect.get(globalThis, "setImmediate"),
    ]);
    await call("Object.entries of env", Object, [sorted(env)]);
  },
});
