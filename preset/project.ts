// What must be known about a project before the first import of a test file: the files of its packages that stand in for
// others, and whether a configuration has `alias`, `define` or `rules`. It is found out once for each run. Under
// `--isolate`, where no memory survives, it is an image of the process's directory.

import { readBytes, readText } from "../runtime/files.ts";
import type { Redirect, Redirects } from "../runtime/loading/redirects.ts";
import { paths } from "../runtime/paths.ts";
import { imagePath, ownPath, parentsOf } from "../runtime/store/places.ts";
import type { FileScope } from "./file-scope.ts";
import { currentOptions } from "./options.ts";
import { redirectPackages } from "./packages.ts";
import {
  askForArguments,
  hasUnwrittenImages,
  mayLoseMemory,
  processDirectory,
} from "./process-directory.ts";

type Entries = [file: string, redirect: Redirect][];

/** What is known. */
interface Known {
  /** The run that it was found out in: under `--watch` one process has many. */
  readonly run: number;
  /** The redirects, by the directory whose code imports; many directories have none. */
  readonly redirects: Record<string, Entries>;
  /** Whether a configuration for the test files of a directory has one of the keys. */
  readonly configured: Record<string, boolean>;
}

const IMAGE = "projects";
/** Reading fewer characters of package.json files again is cheaper than an image of its own, which takes 4 ms. */
const WORTH_AN_IMAGE = 20_000;

const RUNNER = /\bimport\s*(?:type\s*)?\{[^{}"'`]*\}\s*from\s*["']bun:test["']/g;
const KEYS = /\b(?:alias|define|rules)\b/;
const NAMES = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];
/** `[bunflare] config` names a configuration that may lie anywhere. */
const OPTION = /\bbunflare\b[^]*\bconfig\b/;

let known: Known | null = null;
/** The test file that has imported nothing yet. */
let waiting: FileScope | null = null;
/** What it cost to find out what is only in memory. */
let unkept = 0;

/** Prepares loading for a test file. */
export function prepareLoading(file: FileScope): void {
  waiting = null;
  if (known === null && importsNothing(file.path)) waiting = file;
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
  const { configured } = (known ??= recall());
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
  const { redirects } = (known ??= recall());
  const project = projectOf(directory, redirects);
  return new Map((redirects[project] ??= read(project)));
}

/** The nearest directory with a package.json. */
function projectOf(directory: string, redirects: Known["redirects"]): string {
  for (let at = directory; ; at = paths.dirname(at)) {
    if (at in redirects || Bun.file(`${at}/package.json`).size > 0) return at;
    if (at === paths.dirname(at)) return at;
  }
}

function read(project: string): Entries {
  const { readRedirects } =
    require("../runtime/loading/packages.ts") as typeof import("../runtime/loading/packages.ts");
  const { redirects, cost } = readRedirects(project);
  unkept += cost;
  askForArguments();
  return redirects;
}

function recall(): Known {
  const run = performance.timeOrigin;
  const image = imageIn(parentsOf(undefined)) ?? imageIn(givenParents());
  const kept = image === null ? null : (JSON.parse(new TextDecoder().decode(image)) as Known);
  return kept?.run === run ? kept : { run, redirects: {}, configured: {} };
}

function imageIn(parents: readonly string[]): Uint8Array | null {
  for (const parent of parents) {
    const image = readBytes(imagePath(ownPath(parent), IMAGE));
    if (image !== null) return image;
  }
  return null;
}

// Without the option there is no need to load what reads options.
function givenParents(): string[] {
  if (!says(`${process.cwd()}/bunfig.toml`, /\btmpdir\b/)) return [];
  const base = givenDirectory();
  return base === undefined ? [] : [base];
}

function givenDirectory(): string | undefined {
  try {
    return currentOptions().tmpdir;
  } catch {
    // Options that are wrong are reported by whoever uses them.
    return undefined;
  }
}

/** Called at the end of a test file: keeps what was found out, if memory may go and it is worth it. */
export function keepProjects(): void {
  if (known === null || unkept === 0 || !mayLoseMemory()) return;
  if (unkept < WORTH_AN_IMAGE && !hasUnwrittenImages()) return;
  unkept = 0;
  const image = new TextEncoder().encode(JSON.stringify(known));
  processDirectory(givenDirectory()).keepImage(IMAGE, image);
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
