// Reads a configuration, and makes of it what can be kept.

import type { ResolvedConfig } from "./environments.ts";
import { changesOf, type KeptConfig } from "./kept.ts";
import { type LoadOptions, readConfig, withVariables } from "./load.ts";
import { TomlDate } from "./parse.ts";
import type { WorkerConfig } from "./types.ts";

/** A configuration, and what can be kept of it; null where that is nothing. */
export interface ConfigToKeep {
  readonly config: WorkerConfig;
  readonly kept: KeptConfig | null;
}

/** Reads a configuration; throws `ConfigError` naming file, line and key. */
export function readConfigToKeep(options: LoadOptions): ConfigToKeep {
  const read = readConfig(options);
  const resolved = toText(read.resolved);
  const { config, hasOnlyVars } = withVariables(read, options.processEnv);
  if (resolved === null) return { config, kept: null };
  const { found } = read;
  const changes = changesOf(found, options.file === undefined ? (options.from ?? []) : []);
  return { config, kept: { found, resolved, hasOnlyVars, changes } };
}

// JSON has neither dates nor infinities, so a configuration with one is read anew each time.
function toText(resolved: ResolvedConfig): string | null {
  let isPlain = true;
  const text = JSON.stringify(resolved, (_, value: unknown) => {
    if (value instanceof TomlDate) isPlain = false;
    if (typeof value === "number" && !Number.isFinite(value)) isPlain = false;
    return value;
  });
  return isPlain ? text : null;
}
