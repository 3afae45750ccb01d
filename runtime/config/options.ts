// The options of bunflare itself: the table `[bunflare]` of the `bunfig.toml` in the working
// directory.

import { isFile } from "../files.ts";
import { paths } from "../paths.ts";
import { readText } from "./parse.ts";

/**
 * The options, checked; paths are absolute, relative ones start from the folder of `bunfig.toml`.
 */
export interface Options {
  /** The wrangler file; undefined when it is searched for. */
  readonly config: string | undefined;
  /** The environment of the configuration; undefined leaves it to CLOUDFLARE_ENV. */
  readonly environment: string | undefined;
  /** What happens to outbound requests that nobody mocked. */
  readonly network: "allow" | "deny";
  /** Where the temporary stores lie. */
  readonly tmpdir: string | undefined;
  /** Whether D1 migrations are applied before the first use of a database. */
  readonly migrations: "automatic" | "manual";
  readonly seed: string | number | undefined;
  /** The wrangler files of further workers. */
  readonly workers: readonly string[];
  /** A module of fakes for bindings that are not simulated. */
  readonly fakes: string | undefined;
  /** Where state is kept from run to run. */
  readonly persist: string | undefined;
}

const DEFAULTS: Options = {
  config: undefined,
  environment: undefined,
  network: "allow",
  tmpdir: undefined,
  migrations: "automatic",
  seed: undefined,
  workers: [],
  fakes: undefined,
  persist: undefined,
};

/**
 * Reads the options; throws `option_unknown` and `option_invalid` with file and line. All have
 * defaults.
 */
export function loadOptions(directory: string): Options {
  const file = paths.resolve(directory, "bunfig.toml");
  const text = isFile(file) ? readText(file) : "";
  if (!mentionsUs(text)) return DEFAULTS;
  const { readOptions } = require("./given-options.ts") as typeof import("./given-options.ts");
  return readOptions(directory, file, text);
}

// Most files only have the preload line: they need no parsing.
function mentionsUs(text: string): boolean {
  return /^[ \t]*(?:\[[ \t]*)?["']?bunflare["']?[ \t]*[\].=]/m.test(text);
}
