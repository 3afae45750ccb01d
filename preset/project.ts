// What the configuration of a test file's worker says about loading modules: `alias`, `define` and `rules`. It must be
// known before the file's first import, so it is looked for when the file starts; only a configuration that has one of
// these keys is read then.

import { readText } from "../runtime/files.ts";
import { paths } from "../runtime/paths.ts";
import type { FileScope } from "./file-scope.ts";

const KEYS = /\b(?:alias|define|rules)\b/;
/** `[bunflare] config` names a configuration that may lie anywhere. */
const OPTION = /\bbunflare\b[^]*\bconfig\b/;
const NAMES = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];

/** Whether the configurations beside a directory have one of the keys; they are not looked at twice. */
const known = new Map<string, boolean>();

/** Prepares loading for a test file. */
export function prepareLoading(file: FileScope): void {
  if (!concernsLoading(paths.dirname(file.path), process.cwd())) return;
  const { installLoading } =
    require("./project-loading.ts") as typeof import("./project-loading.ts");
  installLoading(file);
}

// Looks no higher than the working directory, unless the file lies elsewhere: that is cheap, and where configurations are.
function concernsLoading(directory: string, top: string): boolean {
  const before = known.get(directory);
  if (before !== undefined) return before;
  const parent = paths.dirname(directory);
  const here =
    NAMES.some((name) => says(`${directory}/${name}`, KEYS)) ||
    (directory === top && says(`${directory}/bunfig.toml`, OPTION));
  const result =
    here || (directory !== top && parent !== directory && concernsLoading(parent, top));
  known.set(directory, result);
  return result;
}

function says(file: string, words: RegExp): boolean {
  return Bun.file(file).size > 0 && words.test(readText(file) ?? "");
}
