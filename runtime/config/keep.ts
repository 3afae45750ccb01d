// Reads a configuration, and makes of it what can be kept.

import { changesOf, type KeptConfig } from "./kept.ts";
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
  const { config, hasOnlyVars } = withVariables(read, options.processEnv, derived);
  if (resolved === null) return { config, kept: null };
  const { found } = read;
  const changes = changesOf(found, options.file === undefined ? (options.from ?? []) : []);
  return { config, kept: { found, resolved, hasOnlyVars, changes, derived } };
}

/** A value as JSON; null where that does not hold all of it, and it must be made anew each time. */
export function plainText(value: unknown): string | null {
  const text = JSON.stringify(value);
  return text !== undefined && Bun.deepEquals(JSON.parse(text), value, true) ? text : null;
}
