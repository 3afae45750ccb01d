// What must be known about the project before the first import of a test file: the files of packages that stand in for
// others, and whether a configuration has `alias`, `define` or `rules`. Finding it out takes half a millisecond, which under
// `--isolate` each file would pay: so it is noted, for the run, beside the packages.

import { readText } from "../runtime/files.ts";
import type { Redirect, Redirects } from "../runtime/loading/redirects.ts";
import { paths } from "../runtime/paths.ts";
import type { FileScope } from "./file-scope.ts";
import { cacheOf, hash, readRedirects, redirectPackages } from "./packages.ts";

/** What is known. */
interface Project {
  /** The run that it was found out in. */
  readonly run: number;
  readonly redirects: [file: string, redirect: Redirect][];
  /** Whether a configuration for the test files of a directory has one of the keys. */
  readonly configured: Record<string, boolean>;
}

const KEYS = /\b(?:alias|define|rules)\b/;
const NAMES = ["wrangler.json", "wrangler.jsonc", "wrangler.toml"];
/** `[bunflare] config` names a configuration that may lie anywhere. */
const OPTION = /\bbunflare\b[^]*\bconfig\b/;

let known: Project | null = null;

/** Prepares loading for a test file. */
export function prepareLoading(file: FileScope): void {
  const top = process.cwd();
  const directory = paths.dirname(file.path);
  const project = (known ??= recall(top) ?? discover(top));
  if (!(directory in project.configured)) {
    project.configured[directory] = isConfigured(directory, top);
    note(project, top);
  }
  if (project.redirects.length > 0) redirectPackages(new Map(project.redirects));
  if (project.configured[directory] !== true) return;
  const { installLoading } =
    require("./project-loading.ts") as typeof import("./project-loading.ts");
  installLoading(file);
}

/** The redirects of the packages that a directory's code imports. */
export function redirectsFor(directory: string): Redirects {
  return new Map(directory === process.cwd() ? known?.redirects : readRedirects(directory));
}

function discover(top: string): Project {
  return { run: performance.timeOrigin, redirects: readRedirects(top), configured: {} };
}

function recall(top: string): Project | null {
  return recallFrom(ownPlace(top)) ?? recallFrom(sharedPlace(top));
}

function recallFrom(place: string | null): Project | null {
  if (place === null) return null;
  try {
    const project = JSON.parse(new TextDecoder().decode(Bun.mmap(place))) as Project;
    return project.run === performance.timeOrigin ? project : null;
  } catch {
    // There is none, or it is being written.
    return null;
  }
}

// Nobody waits for it: a file that starts earlier finds out for itself.
function note(project: Project, top: string): void {
  const shared = sharedPlace(top);
  if (shared === null) return;
  const own = ownPlace(top);
  const place = shared.startsWith(`${top}/`) ? own : shared;
  Bun.write(place, JSON.stringify(project)).catch(() => undefined);
}

// Each process of a parallel run has its own.
function ownPlace(top: string): string {
  return `${top}/node_modules/.cache/bunflare/run-${Bun.env["BUN_TEST_WORKER_ID"] ?? 0}.json`;
}

/** Among the packages that a workspace shares with others. */
function sharedPlace(top: string): string | null {
  const home = cacheOf(top);
  return home === null
    ? null
    : `${home}/run-${hash(top)}-${Bun.env["BUN_TEST_WORKER_ID"] ?? 0}.json`;
}

// Looks no higher than the working directory, unless the file lies elsewhere: that is cheap, and where configurations are.
function isConfigured(directory: string, top: string): boolean {
  const parent = paths.dirname(directory);
  return (
    NAMES.some((name) => says(`${directory}/${name}`, KEYS)) ||
    (directory === top && says(`${directory}/bunfig.toml`, OPTION)) ||
    (directory !== top && parent !== directory && isConfigured(parent, top))
  );
}

function says(file: string, words: RegExp): boolean {
  return Bun.file(file).size > 0 && words.test(readText(file) ?? "");
}
