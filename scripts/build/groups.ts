// Divides the modules into the files of dist/: what is always loaded together is one file, and each module is in
// exactly one, so that there is one state of it.

import { loadedWith, type Module } from "./graph.ts";

/** One file of dist/. */
export interface Group {
  /** Its name, without extension. */
  readonly name: string;
  /** Paths relative to the repository. */
  readonly modules: Set<string>;
}

/** The file that holds what the entries load. */
const CORE = "core";
/**
 * What nearly every file with bindings loads. One file for all of it: each further file costs half a million instructions
 * under `--isolate`, as much as 15 KB of code.
 */
const WORLD = "world";
const OF_WORLD: readonly string[] = [
  "preset/open-world.ts",
  "runtime/config/options.ts",
  "runtime/clock/timers.ts",
  "runtime/bindings/kv/index.ts",
  "runtime/bindings/d1/index.ts",
];

/** The files that hold what the same several lazily loaded modules need. */
const SHARED = "shared-";

/**
 * Divides `graph`. Each of `entries` (names to modules) is a file of its own without anything else, because it is
 * evaluated for its effect; all that entries load with them is the core, which the preload pays for; each lazily loaded
 * module is a file with what only it needs; what several need is in one file with all that the same ones need. What a
 * module imports is needed by at least those who need the module, so files depend on each other in one direction.
 * Modules of packages are left out.
 */
export function divide(
  graph: ReadonlyMap<string, Module>,
  entries: Readonly<Record<string, string>>,
): Group[] {
  const fileOf = new Map<string, string>();
  for (const [name, entry] of Object.entries(entries)) fileOf.set(entry, name);
  for (const entry of Object.values(entries)) {
    for (const module of loadedWith(graph, entry)) {
      if (!fileOf.has(module)) fileOf.set(module, CORE);
    }
  }
  for (const root of OF_WORLD) {
    for (const module of loadedWith(graph, root)) {
      if (!fileOf.has(module)) fileOf.set(module, WORLD);
    }
  }
  const always = new Set(fileOf.keys());
  const needers = new Map<string, string[]>();
  for (const root of lazyModules(graph)) {
    for (const module of loadedWith(graph, root)) {
      if (!always.has(module)) needers.set(module, [...(needers.get(module) ?? []), root]);
    }
  }
  const shared = new Map<string, string>();
  for (const [module, roots] of needers) {
    const key = roots.join(" ");
    if (roots.length > 1 && !shared.has(key)) shared.set(key, `${SHARED}${shared.size + 1}`);
    fileOf.set(module, shared.get(key) ?? nameOf(roots.join("")));
  }
  const modules = Map.groupBy(fileOf.keys(), (module) => fileOf.get(module) ?? CORE);
  return [...modules].map(([name, paths]) => ({ name, modules: new Set(paths) }));
}

/** Our own modules that are loaded by a `require`, in order of their paths. */
function lazyModules(graph: ReadonlyMap<string, Module>): string[] {
  const lazy = [...graph.values()].flatMap((module) => module.lazy);
  return [...new Set(lazy)].filter((path) => !path.startsWith("node_modules/")).sort();
}

/** "runtime/config/nearest.ts" is "runtime-config-nearest". */
export function nameOf(path: string): string {
  return path.replace(/\.[jt]s$/, "").replaceAll(/[^\w-]+/g, "-");
}
