// Reads a configuration, and makes of it what can be kept.

import { paths } from "../paths.ts";
import { type FoundConfig, REDIRECT } from "./find.ts";
import { choosesVariables, type KeptConfig, lastChange } from "./kept.ts";
import { type LoadOptions, readConfig, withVariables } from "./load.ts";
import type { WorkerConfig } from "./types.ts";

/** A configuration, and what can be kept of it; null where that is nothing. */
export interface ConfigToKeep {
  readonly config: WorkerConfig;
  readonly kept: KeptConfig | null;
}

/** Reads a configuration; throws `ConfigError` naming file, line and key. */
export function readConfigToKeep(options: LoadOptions): ConfigToKeep {
  const read = readConfig(options);
  const resolved = plainText(read.resolved);
  const derived: Record<string, string> = {};
  const { config, ...variables } = withVariables(read, options.processEnv, derived);
  if (resolved === null) return { config, kept: null };
  const { found } = read;
  const hasOnlyVars = variables.hasOnlyVars && !choosesVariables(options.processEnv);
  const changes = changesOf(found, options.file === undefined ? (options.from ?? []) : []);
  return { config, kept: { found, resolved, hasOnlyVars, changes, derived } };
}

/** A value as JSON; null where that does not hold all of it, and it must be made anew each time. */
export function plainText(value: unknown): string | null {
  const text = JSON.stringify(value);
  return text !== undefined && Bun.deepEquals(JSON.parse(text), value, true) ? text : null;
}

/**
 * When all changed that says which configuration it is and what it says: the file, and where one was searched, up to the
 * folder that has it. What comes to be above that folder during a run is not looked for.
 */
function changesOf(
  { file, userFile }: FoundConfig,
  from: readonly string[],
): Record<string, number> {
  const home = paths.dirname(userFile);
  const changes: Record<string, number> = {};
  for (const path of [file, userFile, home, `${home}/${REDIRECT}`])
    changes[path] = lastChange(path);
  for (const start of from) {
    for (let at = start; at !== paths.dirname(at); at = paths.dirname(at)) {
      changes[at] = lastChange(at);
      if (at === home) return changes;
    }
  }
  return changes;
}
