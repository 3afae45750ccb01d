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
/** The file that holds what several lazily loaded modules need: loading one more file costs more than loading it whole. */
const SHARED = "shared";

/**
 * Divides `graph`. Each of `entries` (names to modules) is a file of its own without anything else, because it is
 * evaluated for its effect; all that entries load with them is the core, which the preload pays for; each lazily loaded
 * module is a file with what only it needs. Modules of packages are left out.
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
  const always = new Set(fileOf.keys());
  for (const root of lazyModules(graph)) {
    for (const module of loadedWith(graph, root)) {
      if (always.has(module)) continue;
      fileOf.set(module, fileOf.has(module) ? SHARED : nameOf(root));
    }
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
