// Which file of a package a Worker gets, where Bun chooses another one: wrangler resolves with the conditions `workerd`,
// `worker` and `browser`, and with the field `browser`.
// https://developers.cloudflare.com/workers/wrangler/bundling/#conditional-exports

import { paths } from "../paths.ts";

/** The parts of a package.json that decide. */
export interface Manifest {
  readonly exports?: unknown;
  readonly browser?: unknown;
  readonly module?: unknown;
  readonly main?: unknown;
}

/** A package, and what Bun makes of its specifiers. */
export interface Package {
  /** Under which it is installed; an alias may differ from its own. */
  readonly name: string;
  readonly directory: string;
  readonly manifest: Manifest;
  /** Whether Workers use it; one that only tests use stays what it is for Bun, but for the conditions of Workers. */
  readonly isForWorkers: boolean;
  /** The file that Bun chooses; undefined when it finds none. */
  bunChoice(specifier: string, kind: Kind): string | undefined;
}

/** Who asks. */
export type Kind = "import" | "require";

const KINDS: readonly Kind[] = ["import", "require"];
const CODE = /\.[cm]?[jt]sx?$/;

const DECIDING = ["workerd", "worker", "browser", "bun", "node", "module"];

/**
 * Whether a package.json may have anything that Bun and wrangler choose differently, by its text: some list hundreds of
 * files, and looking into each takes a millisecond.
 */
export function mayDiffer(text: string): boolean {
  // Conditions lead to paths and tables, `engines` to versions.
  if (/"(?:workerd|worker|browser)"\s*:|"(?:bun|node)"\s*:\s*(?:"\.|[^"\s])/.test(text))
    return true;
  // The first one may be the field.
  return (text.match(/"module"\s*:/g)?.length ?? 0) > 1;
}

/** Whether Bun and wrangler choose differently in a package; where it is not sure what Bun does, they do. */
export function differs({ exports, browser }: Manifest, isForWorkers: boolean): boolean {
  if (exports === undefined || exports === null) return isForWorkers && browser !== undefined;
  for (const subpath of subpathsOf(exports)) {
    const target = hasSubpaths(exports) ? exports[subpath] : exports;
    if (names(target) && KINDS.some((kind) => isChoice(target, kind, isForWorkers))) return true;
  }
  return false;
}

function names(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(names);
  if (!isTable(value)) return false;
  for (const key in value) if (DECIDING.includes(key) || names(value[key])) return true;
  return false;
}

function isChoice(target: unknown, kind: Kind, isForWorkers: boolean): boolean {
  const worker = targetOf(target, workerConditions(kind, isForWorkers));
  const bun = ["bun", "node", kind, "default"];
  return [bun, [...bun, "module"]].some((conditions) => targetOf(target, conditions) !== worker);
}

/** The files that Bun chooses, with those that a Worker gets; null stands for an empty module. */
export function differences(found: Package): Map<string, string | null> {
  const { manifest } = found;
  if (manifest.exports !== undefined && manifest.exports !== null) return ofExports(found);
  return found.isForWorkers ? ofBrowserField(found) : new Map();
}

function ofExports(found: Package): Map<string, string | null> {
  const result = new Map<string, string | null>();
  for (const subpath of subpathsOf(found.manifest.exports)) {
    // The kind of an import is not known when its file is loaded: `import` comes first.
    for (const kind of KINDS) {
      const specifier = `${found.name}${subpath.slice(1)}`;
      const bun = found.bunChoice(specifier, kind);
      if (bun === undefined || result.has(bun) || !CODE.test(bun)) continue;
      const worker = workerChoice(found, subpath, kind);
      if (worker !== undefined && worker !== bun && CODE.test(worker)) result.set(bun, worker);
    }
  }
  return result;
}

function workerChoice(found: Package, subpath: string, kind: Kind): string | undefined {
  const conditions = workerConditions(kind, found.isForWorkers);
  const target = resolveExports(found.manifest.exports, subpath, conditions);
  return target === null ? undefined : paths.resolve(found.directory, target);
}

function workerConditions(kind: Kind, isForWorkers: boolean): string[] {
  const platform = isForWorkers ? ["browser"] : ["bun", "node"];
  // A `require` that got an ES module instead could not wait for it.
  const module = kind === "import" ? ["module"] : [];
  return ["workerd", "worker", ...platform, ...module, kind, "default"];
}

/** The subpaths that are written out: "." and "./sub"; patterns are not. */
function subpathsOf(exports: unknown): string[] {
  if (!hasSubpaths(exports)) return ["."];
  return Object.keys(exports).filter((key) => key.startsWith(".") && !key.includes("*"));
}

/** The target of a subpath in `exports`, as Node defines it; null when there is none. */
export function resolveExports(
  exports: unknown,
  subpath: string,
  conditions: readonly string[],
): string | null {
  if (!hasSubpaths(exports)) return subpath === "." ? targetOf(exports, conditions) : null;
  return targetOf(exports[subpath], conditions);
}

// Either all keys are subpaths, or none.
function hasSubpaths(exports: unknown): exports is Readonly<Record<string, unknown>> {
  if (!isTable(exports)) return false;
  for (const key in exports) return key.startsWith(".");
  return false;
}

function targetOf(value: unknown, conditions: readonly string[]): string | null {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    for (const each of value) {
      const target = targetOf(each, conditions);
      if (target !== null) return target;
    }
    return null;
  }
  if (!isTable(value)) return null;
  for (const [condition, each] of Object.entries(value)) {
    if (!conditions.includes(condition)) continue;
    const target = targetOf(each, conditions);
    if (target !== null || each === null) return target;
  }
  return null;
}

// Without `exports`: https://github.com/defunctzombie/package-browser-field-spec
function ofBrowserField(found: Package): Map<string, string | null> {
  const { name, directory, manifest } = found;
  const { browser } = manifest;
  const result = new Map<string, string | null>();
  const inside = (path: string): string => paths.resolve(directory, path);
  if (typeof browser === "string") {
    const bun = found.bunChoice(name, "import");
    if (bun !== undefined && bun !== inside(browser)) result.set(bun, inside(browser));
  }
  if (!isTable(browser)) return result;
  for (const [path, target] of Object.entries(browser)) {
    // Other packages' names are theirs to answer for.
    if (!path.startsWith(".")) continue;
    const file = found.bunChoice(inside(path), "require");
    if (file === undefined || !CODE.test(file)) continue;
    if (target === false) result.set(file, null);
    if (typeof target === "string" && target.startsWith(".") && inside(target) !== file) {
      result.set(file, inside(target));
    }
  }
  return result;
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
