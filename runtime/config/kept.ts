// Configurations that are kept from one test file to the next, as plain data. Local variables are not: they are secrets,
// and what is kept may be written to a file.

import type { ResolvedConfig } from "./environments.ts";
import type { FoundConfig } from "./find.ts";
import type { Variable, WorkerConfig } from "./types.ts";
import type { ProcessEnv } from "./variables.ts";
import { workerConfig } from "./worker-config.ts";

/** A configuration as it is kept. */
export interface KeptConfig {
  readonly found: FoundConfig;
  /** The resolved configuration as JSON: each test file gets one of its own. */
  readonly resolved: string;
  /** Whether there were no variables but those of the configuration file, and nobody chose others. */
  readonly hasOnlyVars: boolean;
  /** When the files and directories that it was made from changed last. */
  readonly changes: Readonly<Record<string, number>>;
  /** What was derived from it: see `WorkerConfig.derive`. */
  readonly derived: Record<string, string>;
}

/** The configuration again; null when what it was made from has changed. */
export function reviveConfig(kept: KeptConfig, processEnv: ProcessEnv): WorkerConfig | null {
  for (const path in kept.changes) if (lastChange(path) !== kept.changes[path]) return null;
  const { found, derived } = kept;
  const resolved = JSON.parse(kept.resolved) as ResolvedConfig;
  const { warnings, values } = resolved;
  if (kept.hasOnlyVars && !choosesVariables(processEnv)) {
    const variables = (values["vars"] ?? {}) as Record<string, Variable>;
    return workerConfig({ file: found.file, resolved, variables, warnings, derived }, processEnv);
  }
  const { withVariables } = require("./load.ts") as typeof import("./load.ts");
  return withVariables({ found, resolved }, processEnv, derived).config;
}

/** Whether the process says which local variables count. */
export function choosesVariables(processEnv: ProcessEnv): boolean {
  return (
    processEnv["CLOUDFLARE_INCLUDE_PROCESS_ENV"] !== undefined ||
    processEnv["CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV"] !== undefined
  );
}

/** When a file or directory changed last; one that is not there has a time of its own. */
export function lastChange(path: string): number {
  return Bun.file(path).lastModified;
}
