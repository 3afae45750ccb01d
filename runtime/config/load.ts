// Reads one worker's configuration: find, parse, choose the environment, check, and read its variables. It keeps nothing
// in memory and prints nothing; what wrangler would warn about is data.

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { ConfigError, type ErrorCode, type Report } from "../errors.ts";
import { showPath } from "./binding-names.ts";
import { readCompatibility, type Compatibility } from "./compatibility.ts";
import { type ConfigWarning, type ResolvedConfig, resolveEnvironment } from "./environments.ts";
import { findConfig, type FoundConfig, namedConfig } from "./find.ts";
import { decodeText, isTable, parseConfig, type TextCache } from "./parse.ts";
import { lineOf, type Path } from "./position.ts";
import type { ConfigPath, Variable, WorkerConfig } from "./types.ts";
import { validateLevel, validateResolved } from "./validate.ts";
import { type ProcessEnv, readVariables, type Variables } from "./variables.ts";

export interface LoadOptions {
  /** The file to read, absolute; it wins over the search. */
  readonly file?: string | undefined;
  /** Where to search upward from when no file is named: the test file's folder, then the working directory. */
  readonly from?: readonly string[] | undefined;
  /** The environment; undefined asks CLOUDFLARE_ENV, "" is the top level. */
  readonly environment?: string | undefined;
  readonly processEnv: ProcessEnv;
  /** Whether a search follows `.wrangler/deploy/config.json`, as `wrangler dev` does; true unless given. */
  readonly redirect?: boolean | undefined;
  /** Where parsed TOML is kept from process to process. */
  readonly cache?: TextCache | undefined;
}

/** Reads a worker's configuration; throws `ConfigError` naming file, line and key. */
export function loadWorkerConfig(options: LoadOptions): WorkerConfig {
  const found =
    options.file === undefined
      ? findConfig(options.from ?? [], { redirect: options.redirect ?? true })
      : namedConfig(options.file);
  const { file } = found;
  const raw = parseConfig(file, decodeText(file, readFileSync(file)), options.cache);
  const failRaw = (path: Path, report: Report) => errorAt(file, "config_invalid", path, report);

  const environment = options.environment ?? options.processEnv["CLOUDFLARE_ENV"];
  const warnings = [...validateLevel(raw, [], failRaw)];
  const resolved = resolveEnvironment(raw, environment, {
    redirected: found.redirected,
    fail: failRaw,
  });
  if (resolved.ownKeys.length > 0 && isTable(raw["env"])) {
    const at = ["env", String(resolved.environment)];
    const own = raw["env"][String(resolved.environment)];
    if (isTable(own)) warnings.push(...validateLevel(own, at, failRaw));
  }
  const fail = (path: Path, report: Report) => failRaw(sourcePath(resolved, path), report);
  validateResolved(resolved.values, fail);
  const { compatibility, warnings: ofFlags } = readCompatibility(
    {
      date: resolved.values["compatibility_date"],
      flags: resolved.values["compatibility_flags"],
    },
    fail,
  );
  const variables = variablesOf(found, resolved, options.processEnv);
  const all = [...warnings, ...resolved.warnings, ...ofFlags, ...variables.warnings];
  return new LoadedConfig(found, resolved, compatibility, variables, all);
}

function variablesOf(
  found: FoundConfig,
  { environment, values }: ResolvedConfig,
  processEnv: ProcessEnv,
): Variables {
  const secrets = values["secrets"];
  const required = isTable(secrets) ? (secrets["required"] ?? []) : undefined;
  return readVariables({
    directory: dirname(found.userFile),
    environment,
    // Both were checked by validateLevel.
    vars: (values["vars"] ?? {}) as Record<string, Variable>,
    requiredSecrets: required as readonly string[] | undefined,
    processEnv,
  });
}

// Where a resolved value was written: under its environment, unless that inherited it.
function sourcePath({ environment, ownKeys }: ResolvedConfig, path: Path): Path {
  const [key] = path;
  const isOwn = environment !== null && typeof key === "string" && ownKeys.includes(key);
  return isOwn ? ["env", environment, ...path] : path;
}

function errorAt(file: string, code: ErrorCode, path: Path, report: Report): ConfigError {
  const key = path.length === 0 ? null : showPath(path);
  return new ConfigError(code, { file, line: lineIn(file, path), key }, report);
}

// The text is read again: only errors want lines, and nobody keeps it until then.
function lineIn(file: string, path: Path): number | null {
  try {
    return lineOf(file, decodeText(file, readFileSync(file)), path);
  } catch {
    // The file went away or changed under our feet: the error stands without its line.
    return null;
  }
}

class LoadedConfig implements WorkerConfig {
  readonly file: string;
  readonly directory: string;
  readonly environment: string | null;
  readonly name: string;
  readonly main: string | null;
  readonly compatibility: Compatibility;
  readonly variables: Readonly<Record<string, Variable>>;
  readonly warnings: readonly ConfigWarning[];
  readonly #resolved: ResolvedConfig;

  constructor(
    found: FoundConfig,
    resolved: ResolvedConfig,
    compatibility: Compatibility,
    variables: Variables,
    warnings: readonly ConfigWarning[],
  ) {
    const { name, main, site } = resolved.values;
    const entry = main ?? (isTable(site) ? site["entry-point"] : undefined);
    this.file = found.file;
    this.directory = dirname(found.file);
    this.environment = resolved.environment;
    this.name = typeof name === "string" && name !== "" ? name : "worker";
    this.main = typeof entry === "string" ? resolve(this.directory, entry) : null;
    this.compatibility = compatibility;
    this.variables = variables.values;
    this.warnings = warnings;
    this.#resolved = resolved;
  }

  get(path: ConfigPath): unknown {
    let value: unknown = this.#resolved.values;
    for (const key of path.split(".")) {
      if (!isTable(value) || !Object.hasOwn(value, key)) return undefined;
      value = value[key];
    }
    return value ?? undefined;
  }

  error(code: ErrorCode, path: Path, report: Report): ConfigError {
    return errorAt(this.file, code, sourcePath(this.#resolved, path), report);
  }
}
