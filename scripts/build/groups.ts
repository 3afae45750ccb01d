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

/** The name of the file that holds what the entries share. */
const CORE = "core";

/**
 * Divides `graph`. Each of `entries` (names to modules) is a file of its own without anything else, because it is
 * evaluated for its effect; all that entries load with them is the core, which the preload pays for; the rest is divided
 * by which lazily loaded modules need it. Modules of packages are left out.
 */
export function divide(
  graph: ReadonlyMap<string, Module>,
  entries: Readonly<Record<string, string>>,
): Group[] {
  const groups = new Map<string, Group>();
  const put = (name: string, module: string): void => {
    const group = groups.get(name) ?? { name, modules: new Set() };
    groups.set(name, group);
    group.modules.add(module);
  };
  const taken = new Set<string>();
  for (const [name, entry] of Object.entries(entries)) {
    put(name, entry);
    taken.add(entry);
  }
  for (const entry of Object.values(entries)) {
    for (const module of loadedWith(graph, entry)) {
      if (taken.has(module)) continue;
      put(CORE, module);
      taken.add(module);
    }
  }
  const users = new Map<string, string[]>();
  for (const root of lazyModules(graph)) {
    for (const module of loadedWith(graph, root)) {
      if (!taken.has(module)) users.set(module, [...(users.get(module) ?? []), root]);
    }
  }
  for (const [module, roots] of users) put(roots.map(nameOf).join("+"), module);
  return shorten([...groups.values()]);
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

// What several lazily loaded modules share has no name of its own.
function shorten(groups: Group[]): Group[] {
  let shared = 0;
  return groups.map((group) =>
    group.name.includes("+") ? { ...group, name: `shared-${++shared}` } : group,
  );
}
