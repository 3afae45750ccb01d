// From the text of a configuration file to its values for one environment, checked.

import { type Report, ConfigError, type ErrorCode } from "../errors.ts";
import { showPath } from "./binding-names.ts";
import { checkCompatibility } from "./compatibility-checks.ts";
import { type ResolvedConfig, resolveEnvironment } from "./environments.ts";
import { isTable, parseConfig, readText, type Table } from "./parse.ts";
import { lineOf, type Path } from "./position.ts";
import { validateLevel, validateResolved } from "./validate.ts";

/** What a resolved configuration is made from. */
export interface ConfigSource {
  readonly file: string;
  readonly text: string;
  /** The environment asked for. */
  readonly environment: string | undefined;
  readonly redirected: boolean;
}

/** Where a resolved value was written: under its environment, unless that inherited it. */
export function sourcePath({ environment, ownKeys }: ResolvedConfig, path: Path): Path {
  const [key] = path;
  const isOwn = environment !== null && typeof key === "string" && ownKeys.includes(key);
  return isOwn ? ["env", environment, ...path] : path;
}

/** An error about a path in a file, with its line when the file can still be read. */
export function errorAt(file: string, code: ErrorCode, path: Path, report: Report): ConfigError {
  const key = path.length === 0 ? null : showPath(path);
  return new ConfigError(code, { file, line: lineIn(file, path), key }, report);
}

/** Parses, resolves and checks a configuration; throws `ConfigError` naming file, line and key. */
export function resolveConfig({
  file,
  text,
  environment,
  redirected,
}: ConfigSource): ResolvedConfig {
  const raw = parseConfig(file, text);
  // Build tools still write it, and wrangler looks away then.
  if (redirected) delete raw["legacy_env"];
  const failRaw = (path: Path, report: Report) => errorAt(file, "config_invalid", path, report);
  const ofTop = validateLevel(raw, [], failRaw);
  const resolved = resolveEnvironment(raw, environment, { redirected, fail: failRaw });
  const ofOwn = validateOwn(raw, resolved, failRaw);
  const fail = (path: Path, report: Report) => failRaw(sourcePath(resolved, path), report);
  validateResolved(resolved.values, fail);
  const ofFlags = checkCompatibility(resolved.values, fail);
  return { ...resolved, warnings: [...ofTop, ...ofOwn, ...resolved.warnings, ...ofFlags] };
}

function validateOwn(
  raw: Table,
  { environment, ownKeys }: ResolvedConfig,
  fail: (path: Path, report: Report) => ConfigError,
) {
  if (environment === null || ownKeys.length === 0) return [];
  const own = isTable(raw["env"]) ? raw["env"][environment] : undefined;
  return isTable(own) ? validateLevel(own, ["env", environment], fail) : [];
}

// The text is read again: only errors want lines, and nobody keeps it until then.
function lineIn(file: string, path: Path): number | null {
  try {
    return lineOf(file, readText(file), path);
  } catch {
    // The file went away or changed under our feet: the error stands without its line.
    return null;
  }
}
