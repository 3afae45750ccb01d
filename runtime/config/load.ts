// Reads one worker's configuration: finds it, resolves it for an environment, and reads its
// variables. It keeps nothing in memory and prints nothing; what wrangler would warn about is data.

import type { ConfigError, ErrorCode, Report } from "../errors.ts";
import { paths } from "../paths.ts";
import { type Compatibility, createCompatibility } from "./compatibility.ts";
import type { ConfigWarning, ResolvedConfig } from "./environments.ts";
import { findConfig, namedConfig } from "./find.ts";
import { isTable, readText } from "./parse.ts";
import type { Path } from "./position.ts";
import { errorAt, resolveConfig, sourcePath, type TextCache } from "./resolve.ts";
import type { ConfigPath, Variable, WorkerConfig } from "./types.ts";
import { type ProcessEnv, readVariables } from "./variables.ts";

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
  /**
   * Where resolved configurations are kept from process to process; parsing TOML takes longer than
   * all the rest.
   */
  readonly cache?: TextCache | undefined;
}

/** Reads a worker's configuration; throws `ConfigError` naming file, line and key. */
export function loadWorkerConfig(options: LoadOptions): WorkerConfig {
  const { file: named, from = [], processEnv, redirect = true, cache } = options;
  const found = named === undefined ? findConfig(from, { redirect }) : namedConfig(named);
  const { file, redirected } = found;
  const environment = options.environment ?? processEnv["CLOUDFLARE_ENV"];
  const source = { file, text: readText(file), environment, redirected };
  const resolved = resolveConfig(source, cache);
  // The types of all values read here were checked on the way.
  const { vars, secrets } = resolved.values as { vars?: Vars; secrets?: { required?: string[] } };
  const variables = readVariables({
    directory: paths.dirname(found.userFile),
    environment: resolved.environment,
    vars: vars ?? {},
    requiredSecrets: secrets === undefined ? undefined : (secrets.required ?? []),
    processEnv,
  });
  const warnings = [...resolved.warnings, ...variables.warnings];
  return new LoadedConfig({ file, resolved, variables: variables.values, warnings, processEnv });
}

type Vars = Record<string, Variable>;

interface Parts extends Pick<WorkerConfig, "file" | "variables" | "warnings"> {
  readonly resolved: ResolvedConfig;
  readonly processEnv: ProcessEnv;
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
  readonly #processEnv: ProcessEnv;

  constructor({ file, resolved, variables, warnings, processEnv }: Parts) {
    const { name, main, site } = resolved.values;
    const entry = main ?? (isTable(site) ? site["entry-point"] : undefined);
    this.file = file;
    this.directory = paths.dirname(file);
    this.environment = resolved.environment;
    this.name = typeof name === "string" && name !== "" ? name : "worker";
    this.main = typeof entry === "string" ? paths.resolve(this.directory, entry) : null;
    this.compatibility = createCompatibility(resolved.values);
    this.variables = variables;
    this.warnings = warnings;
    this.#resolved = resolved;
    this.#processEnv = processEnv;
  }

  processVariable(name: string): string | undefined {
    return this.#processEnv[name];
  }

  get(path: ConfigPath): unknown {
    const { values } = this.#resolved;
    // Every world asks for the keys of all bindings, and most are plain.
    if (!path.includes("."))
      return Object.hasOwn(values, path) ? (values[path] ?? undefined) : undefined;
    let value: unknown = values;
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
