// Reads one worker's configuration: finds it, resolves it for an environment, and reads its
// variables. It keeps nothing in memory and prints nothing; what wrangler would warn about is data.

import { paths } from "../paths.ts";
import type { ResolvedConfig } from "./environments.ts";
import { findConfig, type FoundConfig, namedConfig } from "./find.ts";
import { readText } from "./parse.ts";
import { resolveConfig } from "./resolve.ts";
import type { Variable, WorkerConfig } from "./types.ts";
import { type ProcessEnv, readVariables } from "./variables.ts";
import { workerConfig } from "./worker-config.ts";

export interface LoadOptions {
  /** The file to read, absolute; it wins over the search. */
  readonly file?: string | undefined;
  /**
   * Where to search upward from when no file is named: the test file's folder, then the working
   * directory.
   */
  readonly from?: readonly string[] | undefined;
  /** The environment; undefined asks CLOUDFLARE_ENV, "" is the top level. */
  readonly environment?: string | undefined;
  readonly processEnv: ProcessEnv;
  /**
   * Whether a search follows `.wrangler/deploy/config.json`, as `wrangler dev` does; true unless
   * given.
   */
  readonly redirect?: boolean | undefined;
}

/** Reads a worker's configuration; throws `ConfigError` naming file, line and key. */
export function loadWorkerConfig(options: LoadOptions): WorkerConfig {
  return withVariables(readConfig(options), options.processEnv).config;
}

/** What a configuration file says. */
export interface ReadConfig {
  readonly found: FoundConfig;
  readonly resolved: ResolvedConfig;
}

/** Finds a configuration and resolves it. Throws `ConfigError`. */
export function readConfig(options: LoadOptions): ReadConfig {
  const { file: named, from = [], processEnv, redirect = true } = options;
  const found = named === undefined ? findConfig(from, { redirect }) : namedConfig(named);
  const { file, redirected } = found;
  const environment = options.environment ?? processEnv["CLOUDFLARE_ENV"];
  return {
    found,
    resolved: resolveConfig({ file, text: readText(file), environment, redirected }),
  };
}

/**
 * Adds the variables; says whether there are others than those of the configuration file. `derived` keeps what is derived
 * from it.
 */
export function withVariables(
  { found, resolved }: ReadConfig,
  processEnv: ProcessEnv,
  derived?: Record<string, string>,
): { readonly config: WorkerConfig; readonly hasOnlyVars: boolean } {
  // The types of all values read here were checked on the way.
  const { vars, secrets } = resolved.values as { vars?: Vars; secrets?: { required?: string[] } };
  const { values, hasOnlyVars, warnings } = readVariables({
    directory: paths.dirname(found.userFile),
    environment: resolved.environment,
    vars: vars ?? {},
    requiredSecrets: secrets === undefined ? undefined : (secrets.required ?? []),
    processEnv,
  });
  const parts = {
    file: found.file,
    resolved,
    variables: values,
    warnings: [...resolved.warnings, ...warnings],
    ...(derived !== undefined && { derived }),
  };
  return { config: workerConfig(parts, processEnv), hasOnlyVars };
}

type Vars = Record<string, Variable>;
