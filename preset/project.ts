// What must be known about a project before the first import of a test file: the files of its packages that stand in for
// others, and whether a configuration has `alias`, `define` or `rules`. It is found out once for each run.

import { readText } from "../runtime/files.ts";
import type { Redirects } from "../runtime/loading/redirects.ts";
import { paths } from "../runtime/paths.ts";
import type { FileScope } from "./file-scope.ts";
import { isKnown, keepMemory, type Memory, memory } from "./memory.ts";
import { rememberModules } from "./module-cache.ts";
import { redirectPackages } from "./packages.ts";
import { askForArguments } from "./process-directory.ts";

/** Reading fewer characters of package.json files again is cheaper than an image. */
const WORTH_AN_IMAGE = 20_000;

const RUNNER = /\bimport\s*(?:type\s*)?\{[^{}"'`]*\}\s*from\s*["']bun:test["']/g;
const KEYS = /\b(?:alias|define|rules)\b/;
const NAMES = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];
/** `[bunflare] config` names a configuration that may lie anywhere. */
const OPTION = /\bbunflare\b[^]*\bconfig\b/;

/** The test file that has imported nothing yet. */
let waiting: FileScope | null = null;

/** Prepares loading for a test file. */
export function prepareLoading(file: FileScope): void {
  waiting = null;
  if (!isKnown() && importsNothing(file.path)) waiting = file;
  else prepare(file);
}

/** Called when anything is imported: by a hook of a preload, for a file that itself imports nothing. */
export function prepareLate(): void {
  if (waiting === null) return;
  const file = waiting;
  waiting = null;
  prepare(file);
}

function prepare(file: FileScope): void {
  const directory = paths.dirname(file.path);
  const { configured } = memory();
  rememberModules();
  const own = redirectsFor(directory);
  redirectPackages(own);
  configured[directory] ??= mayConfigure(directory, process.cwd());
  if (!configured[directory]) return;
  const { installLoading } =
    require("./project-loading.ts") as typeof import("./project-loading.ts");
  const of = installLoading(file);
  if (of !== null) redirectPackages(new Map([...redirectsFor(of), ...own]));
}

// Most tests of plain functions import nothing but the runner, from where nothing needs to be prepared.
function importsNothing(path: string): boolean {
  const text = (readText(path) ?? "").replace(RUNNER, "");
  return !/\b(?:import|require|mock)\b|\bfrom\s*["'`]/.test(text);
}

/** The redirects of the packages that a directory's code imports. */
export function redirectsFor(directory: string): Redirects {
  const { redirects } = memory();
  const project = projectOf(directory, redirects);
  return new Map((redirects[project] ??= read(project)));
}

/** The nearest directory with a package.json. */
function projectOf(directory: string, redirects: Memory["redirects"]): string {
  for (let at = directory; ; at = paths.dirname(at)) {
    if (at in redirects || Bun.file(`${at}/package.json`).size > 0) return at;
    if (at === paths.dirname(at)) return at;
  }
}

function read(project: string): Memory["redirects"][string] {
  const { readRedirects } =
    require("../runtime/loading/packages.ts") as typeof import("../runtime/loading/packages.ts");
  const { redirects, cost } = readRedirects(project);
  if (cost > WORTH_AN_IMAGE) keepMemory();
  askForArguments();
  return redirects;
}

// Looks no higher than the working directory, unless the file lies elsewhere: that is cheap, and where configurations are.
function mayConfigure(directory: string, top: string): boolean {
  const parent = paths.dirname(directory);
  return (
    NAMES.some((name) => says(`${directory}/${name}`, KEYS)) ||
    (directory === top && says(`${directory}/bunfig.toml`, OPTION)) ||
    (directory !== top && parent !== directory && mayConfigure(parent, top))
  );
}

function says(file: string, words: RegExp): boolean {
  return Bun.file(file).size > 0 && words.test(readText(file) ?? "");
}
