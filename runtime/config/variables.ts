// The variables of a worker: `vars`, overlaid by `.dev.vars` or else by the `.env` files, in
// wrangler's order.
// https://developers.cloudflare.com/workers/configuration/environment-variables/
// https://developers.cloudflare.com/workers/local-development/environment-variables/

import { BunflareError, ConfigError } from "../errors.ts";
import { readBytes } from "../files.ts";
import type { ConfigWarning } from "./environments.ts";
import { reasonOf } from "./parse.ts";
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
  /** Whether only `vars` was asked, because there is nothing else. */
  readonly hasOnlyVars: boolean;
  readonly warnings: readonly ConfigWarning[];
}

/** Reads the variables; throws when a file is there and cannot be read. */
export function readVariables(sources: VariableSources): Variables {
  const found = readDevVars(sources) ?? readDotEnv(sources);
  const { vars, requiredSecrets: required } = sources;
  if (found === undefined && required === undefined) {
    return { values: { ...vars }, hasOnlyVars: true, warnings: [] };
  }
  const secrets = found ?? {};
  const values: Record<string, Variable> = { ...vars };
  for (const name in secrets) {
    const secret = secrets[name];
    const isTaken = required === undefined || name in vars || required.includes(name);
    if (isTaken && secret !== undefined) values[name] = secret;
  }
  const missing = (required ?? []).filter((name) => !Object.hasOwn(secrets, name));
  return {
    values,
    hasOnlyVars: false,
    warnings: missing.map((name) => ({
      path: ["secrets", "required"],
      message: `${name} has no value: add it to .dev.vars or .env, or set it in the environment`,
    })),
  };
}

type Texts = Readonly<Record<string, string>>;

// One file, never both: that of the environment replaces the general one.
function readDevVars({ directory, environment }: VariableSources): Texts | undefined {
  const general = `${directory}/.dev.vars`;
  const own = environment === null ? null : readText(`${general}.${environment}`);
  const text = own ?? readText(general);
  return text === null ? undefined : parseVariables(text);
}

function readDotEnv(sources: VariableSources): Texts | undefined {
  const { directory, environment, processEnv, requiredSecrets } = sources;
  if (!flag(processEnv, "CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV", true)) return undefined;
  const includeProcessEnv =
    requiredSecrets !== undefined || flag(processEnv, "CLOUDFLARE_INCLUDE_PROCESS_ENV", false);
  const names = [".env", ".env.local"];
  if (environment !== null) names.push(`.env.${environment}`, `.env.${environment}.local`);
  let parsed: Record<string, string> | undefined;
  for (const name of names) {
    const text = readText(`${directory}/${name}`, { allowFolder: true });
    if (text !== null) parsed = { ...parsed, ...parseVariables(text) };
  }
  if (parsed === undefined && !includeProcessEnv) return undefined;
  return expand(parsed ?? {}, includeProcessEnv ? processEnv : undefined);
}

// A folder named .env is somebody's virtual environment, not a mistake.
function readText(file: string, { allowFolder = false } = {}): string | null {
  let bytes: Uint8Array | null;
  try {
    bytes = readBytes(file);
  } catch (error) {
    if (allowFolder && (error as NodeJS.ErrnoException).code === "EISDIR") return null;
    throw unreadable(file, reasonOf(error), error);
  }
  if (bytes === null) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable(file, "it is not UTF-8", error);
  }
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

// Lines without quotes inside, escapes or comments mean the same to every reader. Loading dotenv
// takes longer than all the rest of a configuration, so only files with more than such lines go
// through it.
const LINE = /^[ \t]*([\w.-]+)=(.*?)[ \t\r]*$/;
const PLAIN_VALUE = /^(?:[^\s"'`#\\][^"'`#\\]*|"([^"'`\\]*)"|'([^"'`\\]*)')?$/;

/** Parses `.dev.vars` and `.env` as dotenv does. */
export function parseVariables(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split("\n")) {
    if (line === "" || line === "\r" || line.startsWith("#")) continue;
    const [, key, value = ""] = LINE.exec(line) ?? [];
    const plain = PLAIN_VALUE.exec(value);
    if (key === undefined || plain === null) return parseWithDotenv(text);
    values[key] = plain[1] ?? plain[2] ?? value;
  }
  return values;
}

function parseWithDotenv(text: string): Record<string, string> {
  const { parse } = require("dotenv") as typeof import("dotenv");
  return parse(text);
}

// References are resolved among the files' own variables, and the process's only when those are
// included too; then the process's value also wins over the file's.
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
