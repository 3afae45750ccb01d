// Finds the configuration file of a worker as wrangler does: upward, one name after the other over
// the whole ancestry, then through `.wrangler/deploy/config.json` when a build tool has redirected
// it.
// https://developers.cloudflare.com/workers/wrangler/configuration/

import { BunflareError, ConfigError, type ErrorCode } from "../errors.ts";
import { isFile } from "../files.ts";
import { paths } from "../paths.ts";
import { parseConfig, readText } from "./parse.ts";

/** Where a worker's configuration is. */
export interface FoundConfig {
  /** The file to read, absolute. */
  readonly file: string;
  /**
   * The file that the user wrote; differs from `file` when that is redirected. `.dev.vars` and
   * `.env` lie beside it.
   */
  readonly userFile: string;
  readonly redirected: boolean;
}

const NAMES = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];
/** Where a build tool says which file stands for the configuration beside it. */
export const REDIRECT = ".wrangler/deploy/config.json";

/**
 * Searches upward from each folder in turn, to the root as wrangler does: a `wrangler.json` far
 * above wins over a `wrangler.toml` close by. Throws `config_not_found` saying where it looked.
 */
export function findConfig(from: readonly string[], options: { redirect: boolean }): FoundConfig {
  for (const folder of from) {
    const userFile = findUserFile(folder);
    const redirect = options.redirect ? findUpward(folder, REDIRECT) : undefined;
    if (redirect !== undefined) return followRedirect(redirect, userFile);
    if (userFile !== undefined) return { file: userFile, userFile, redirected: false };
  }
  const folders = [...new Set(from)].join(" nor in ");
  throw new BunflareError("config_not_found", {
    what: "no wrangler configuration found",
    why: `${listNames()} is neither in ${folders}, nor in a folder above`,
    todo: 'Create one, or name it in bunfig.toml: [bunflare] config = "path/to/wrangler.jsonc"',
  });
}

/** Checks a file that the user named; it wins over every search and is never redirected. */
export function namedConfig(file: string): FoundConfig {
  const fail = (code: ErrorCode, why: string, todo: string) =>
    new ConfigError(code, { file }, { what: "is not a wrangler configuration", why, todo });
  if (!isFile(file)) {
    const todo = "Correct the path; it is relative to the folder of bunfig.toml";
    throw fail("config_not_found", "there is no such file", todo);
  }
  if (!/\.(json|jsonc|toml)$/.test(file)) {
    const todo = "Give it a name that ends in .jsonc, .json or .toml";
    throw fail("config_invalid", `${paths.basename(file)} is neither TOML nor JSON`, todo);
  }
  return { file, userFile: file, redirected: false };
}

function findUserFile(folder: string): string | undefined {
  for (const name of NAMES) {
    const file = findUpward(folder, name);
    if (file !== undefined) return file;
  }
  return undefined;
}

function findUpward(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = paths.dirname(at)) {
    // Made normal only when it is there: most are not.
    if (isFile(`${at}/${name}`)) return paths.resolve(at, name);
    if (at === paths.dirname(at)) return undefined;
  }
}

function followRedirect(redirect: string, userFile: string | undefined): FoundConfig {
  const fail = (why: string) =>
    new ConfigError(
      "config_invalid",
      { file: redirect },
      {
        what: "this redirect of a build tool cannot be followed",
        why,
        todo: "Build again, or delete it when it is left over from an earlier build",
      },
    );
  const content = parseConfig(redirect, readText(redirect));
  const target = content["configPath"];
  if (typeof target !== "string" || target === "") throw fail('it has no "configPath"');
  const file = paths.resolve(paths.dirname(redirect), target);
  if (!isFile(file)) throw fail(`${file} does not exist`);
  // A redirect counts only beside the configuration that it stands for.
  if (userFile !== undefined && paths.resolve(paths.dirname(userFile), REDIRECT) !== redirect) {
    throw fail(`it is not beside the configuration found, ${userFile}`);
  }
  return { file, userFile: userFile ?? file, redirected: true };
}

function listNames(): string {
  return `${NAMES.slice(0, -1).join(", ")} or ${NAMES[NAMES.length - 1]}`;
}
