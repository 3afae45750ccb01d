// The variables of a worker: `vars`, overlaid by `.dev.vars` or else by the `.env` files, in wrangler's order.
// https://developers.cloudflare.com/workers/configuration/environment-variables/
// https://developers.cloudflare.com/workers/local-development/environment-variables/

import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { BunflareError, ConfigError } from "../errors.ts";
import type { ConfigWarning } from "./environments.ts";
import type { Table } from "./parse.ts";
import type { Variable } from "./types.ts";

/** The environment of the process, given by the caller. */
export type ProcessEnv = Readonly<Record<string, string | undefined>>;

export interface VariableSources {
  /** Where `.dev.vars` and `.env` lie: beside the configuration that the user wrote. */
  readonly directory: string;
  readonly environment: string | null;
  readonly vars: Readonly<Record<string, Variable>>;
  /** `secrets.required`; undefined when the configuration has no `secrets`. */
  readonly requiredSecrets: readonly string[] | undefined;
  readonly processEnv: ProcessEnv;
}

export interface Variables {
  readonly values: Readonly<Record<string, Variable>>;
  /** The files that were read, absolute. */
  readonly files: readonly string[];
  readonly warnings: readonly ConfigWarning[];
}

/** Reads the variables; throws when a file is there and cannot be read. */
export function readVariables(sources: VariableSources): Variables {
  const found = readDevVars(sources) ?? readDotEnv(sources);
  const secrets = found?.values ?? {};
  const required = sources.requiredSecrets;
  const taken = Object.entries(secrets).filter(
    ([name]) => required === undefined || name in sources.vars || required.includes(name),
  );
  const missing = (required ?? []).filter((name) => !Object.hasOwn(secrets, name));
  return {
    values: Object.fromEntries([...Object.entries(sources.vars), ...taken]),
    files: found?.files ?? [],
    warnings: missing.map((name) => ({
      path: ["secrets", "required"],
      message: `the secret ${name} has no value: add it to .dev.vars or .env, or set it in the environment`,
    })),
  };
}

interface Found {
  values: Readonly<Record<string, string>>;
  files: string[];
}

// One file, never both: that of the environment replaces the general one.
function readDevVars({ directory, environment }: VariableSources): Found | undefined {
  const names = environment === null ? [".dev.vars"] : [`.dev.vars.${environment}`, ".dev.vars"];
  for (const name of names) {
    const file = join(directory, name);
    const text = readText(file, [MISSING]);
    if (text !== undefined) return { values: parseVariables(text), files: [file] };
  }
  return undefined;
}

function readDotEnv(sources: VariableSources): Found | undefined {
  const { directory, environment, processEnv, requiredSecrets } = sources;
  if (!flag(processEnv, "CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV", true)) return undefined;
  const names = [".env", ".env.local"];
  if (environment !== null) names.push(`.env.${environment}`, `.env.${environment}.local`);
  const parsed: Record<string, string> = {};
  const files: string[] = [];
  for (const name of names) {
    const file = join(directory, name);
    // A folder named .env is somebody's virtual environment, not a mistake.
    const text = readText(file, [MISSING, FOLDER]);
    if (text === undefined) continue;
    files.push(file);
    Object.assign(parsed, parseVariables(text));
  }
  const includeProcessEnv =
    requiredSecrets !== undefined || flag(processEnv, "CLOUDFLARE_INCLUDE_PROCESS_ENV", false);
  return { values: expand(parsed, includeProcessEnv ? processEnv : undefined), files };
}

const MISSING = "ENOENT";
const FOLDER = "EISDIR";

function readText(file: string, absent: readonly string[]): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined && absent.includes(code)) return undefined;
    throw unreadable(file, code === FOLDER ? "it is a folder" : reasonOf(code, error), error);
  }
  if (!isUtf8(bytes)) throw unreadable(file, "it is not UTF-8", undefined);
  return bytes.toString("utf8");
}

function unreadable(file: string, why: string, cause: unknown): ConfigError {
  return new ConfigError(
    "config_invalid",
    { file },
    {
      what: "the local variables cannot be read",
      why,
      todo: "Make it a readable text file of KEY=value lines, or remove it",
      cause,
    },
  );
}

function reasonOf(code: string | undefined, error: unknown): string {
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return error instanceof Error ? error.message : String(error);
}

// Lines without quotes inside, escapes or comments mean the same to every reader. Loading dotenv takes longer than all
// the rest of a configuration, so only files with more than such lines go through it.
const PLAIN_LINE =
  /^[ \t]*(?:([\w.-]+)=(?:([^\s"'`#\\](?:[^\n\r"'`#\\]*[^\s"'`#\\])?)|"([^"\\\n\r'`]*)"|'([^'\\\n\r"`]*)')?[ \t]*)?$/;

/** Parses `.dev.vars` and `.env` as dotenv does. */
export function parseVariables(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const match = line.startsWith("#") ? [] : PLAIN_LINE.exec(line.replace(/\r$/, ""));
    if (match === null) return parseWithDotenv(text);
    const [, key, bare, double, single] = match;
    if (key !== undefined) values[key] = bare ?? double ?? single ?? "";
  }
  return values;
}

function parseWithDotenv(text: string): Record<string, string> {
  const { parse } = require("dotenv") as typeof import("dotenv");
  return parse(text);
}

// References are resolved among the files' own variables, and the process's only when those are included too; then the
// process's value also wins over the file's.
function expand(
  parsed: Record<string, string>,
  processEnv: ProcessEnv | undefined,
): Readonly<Record<string, string>> {
  const hasReferences = Object.values(parsed).some((value) => value.includes("$"));
  if (processEnv === undefined && !hasReferences) return parsed;
  const target: Record<string, string> = {};
  for (const [key, value] of Object.entries(processEnv ?? {})) {
    if (value !== undefined) target[key] = value;
  }
  const { expand } = require("dotenv-expand") as typeof import("dotenv-expand");
  expand({ processEnv: target, parsed });
  return target;
}

function flag(processEnv: ProcessEnv, name: string, fallback: boolean): boolean {
  const value = processEnv[name];
  if (value === undefined) return fallback;
  const lower = value.toLowerCase();
  if (lower === "true" || lower === "false") return lower === "true";
  throw new BunflareError("option_invalid", {
    what: `the environment variable ${name} must be true or false`,
    why: `it is ${JSON.stringify(value)}`,
  });
}
