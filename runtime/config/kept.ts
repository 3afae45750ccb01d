// Configurations that are kept from one test file to the next, as plain data. Local variables are not: they are secrets,
// and what is kept may be written to a file.

import { paths } from "../paths.ts";
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
  /** Whether there are no variables but those of the configuration file. */
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
  if (kept.hasOnlyVars && processEnv["CLOUDFLARE_INCLUDE_PROCESS_ENV"] === undefined) {
    const variables = (values["vars"] ?? {}) as Record<string, Variable>;
    return workerConfig({ file: found.file, resolved, variables, warnings, derived }, processEnv);
  }
  const { withVariables } = require("./load.ts") as typeof import("./load.ts");
  return withVariables({ found, resolved }, processEnv, derived).config;
}

/** Says when the files and directories changed that a configuration was made from: where it was searched, and itself. */
export function changesOf(
  { file, userFile }: FoundConfig,
  from: readonly string[],
): Record<string, number> {
  const home = paths.dirname(userFile);
  const changes: Record<string, number> = {};
  for (const path of [file, userFile, home]) changes[path] = lastChange(path);
  for (const start of from) {
    for (let at = start; at !== paths.dirname(at); at = paths.dirname(at)) {
      changes[at] = lastChange(at);
      // Here the search ended.
      if (at === home) return changes;
    }
  }
  return changes;
}

function lastChange(path: string): number {
  return Bun.file(path).lastModified;
}
