// `process.env` of a worker with `nodejs_compat`: its variables and secrets as text, beside what the process has.
// https://developers.cloudflare.com/workers/configuration/compatibility-flags/#enable-auto-populating-processenv

import type { Variable } from "../runtime/config/types.ts";
import type { Undo } from "../runtime/undo.ts";

/** Adds the variables; undone, those of the process are as they were. */
export function populateProcessEnv(variables: Readonly<Record<string, Variable>>): Undo {
  const before = new Map<string, string | undefined>();
  for (const [name, value] of Object.entries(variables)) {
    before.set(name, process.env[name]);
    process.env[name] = typeof value === "string" ? value : JSON.stringify(value);
  }
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
