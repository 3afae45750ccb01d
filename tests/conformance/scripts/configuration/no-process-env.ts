// The flag that leaves `process.env` empty.

import { script } from "../../script.ts";

export default script<Record<string, unknown>>({
  id: "configuration-no-process-env",
  compatibilityDate: "2026-11-01",
  compatibilityFlags: ["nodejs_compat_do_not_populate_process_env"],
  config: { vars: { TEXT: "text" } },
  async run({ call, note }) {
    const { env } = (globalThis as unknown as { process: { env: Record<string, unknown> } })
      .process;
    await call("Object.entries of an empty process.env", Object, [{ ...env }]);
    env["SET"] = true;
    await note("it takes members", [Object.keys(env), env["SET"]]);
  },
});
