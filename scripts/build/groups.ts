// Divides the modules into groups, each of which is one function of a file of dist/. A group that is not called costs
// nothing but its bytes, even under `--isolate`, where every test file evaluates everything anew; a further file costs a
// look through the file system. So what nearly every test file needs is in two files, in groups that load on their own.

import { loadedWith, type Module } from "./graph.ts";

/** One function of dist/. Each module is in exactly one group, so that there is one state of it. */
export interface Group {
  readonly name: string;
  /** The file that has it, without extension. */
  readonly file: string;
  /** Paths relative to the repository. */
  readonly modules: Set<string>;
}

/** The file of what these entries load. */
const CORE = "core";
const IN_CORE: readonly string[] = ["preload", "index"];
/** What is loaded lazily and belongs there: each first test file of a run with imports loads it, and may load no other file. */
const OF_CORE: readonly string[] = ["runtime/loading/packages.ts"];
/** The file of what nearly every test file with bindings loads, and no other. */
const WORLD = "world";
/** What is loaded lazily and belongs there. */
const OF_WORLD: readonly string[] = [
  "preset/open-world.ts",
  "runtime/config/options.ts",
  "preset/worker.ts",
  "runtime/clock/in-flight.ts",
  "runtime/clock/queue.ts",
  "runtime/clock/worker-timer.ts",
  "runtime/random.ts",
  "runtime/events/fetch.ts",
  "runtime/events/event.ts",
  "runtime/worker/realm.ts",
  "runtime/worker/execution-context.ts",
  "runtime/bindings/kv/index.ts",
  "runtime/bindings/kv/config.ts",
  "runtime/bindings/kv/storage.ts",
  "runtime/bindings/kv/namespace.ts",
  "runtime/bindings/kv/state.ts",
  "runtime/bindings/d1/index.ts",
  "runtime/bindings/d1/config.ts",
  "runtime/bindings/d1/database.ts",
  "runtime/bindings/d1/api.ts",
  "runtime/bindings/d1/state.ts",
  "runtime/sql/allowed.ts",
  "runtime/sql/meter/meter.ts",
  "runtime/globals/index.ts",
  "runtime/globals/builders.ts",
  "runtime/clock/timers.ts",
];

/** The groups that hold what the same several lazily loaded modules need. */
const SHARED = "shared";

/**
 * Divides `graph`. Each of `entries` (names to modules) is a file whose own group has nothing else, because it is
 * evaluated for its effect; what it loads goes to the first entry that needs it. Everything else is divided by which
 * lazily loaded modules need it. What a module imports is needed by at least those who need the module, so groups depend
 * on each other in one direction. Modules of packages are left out.
 */
export function divide(
  graph: ReadonlyMap<string, Module>,
  entries: Readonly<Record<string, string>>,
): Group[] {
  const groups = new Map<string, Group>();
  const placed = new Set<string>();
  const place = (module: string, name: string, file: string): void => {
    if (placed.has(module)) return;
    placed.add(module);
    const group = groups.get(name) ?? { name, file, modules: new Set() };
    groups.set(name, group);
    group.modules.add(module);
  };
  for (const [name, entry] of Object.entries(entries)) place(entry, name, name);
  for (const [name, entry] of Object.entries(entries)) {
    const file = IN_CORE.includes(name) ? CORE : `of-${name}`;
    for (const module of loadedWith(graph, entry)) place(module, `of-${name}`, file);
  }
  const numbers = new Map<string, string>();
  const groupNeededBy = (needers: readonly string[]): string => {
    const key = needers.join(" ");
    if (needers.length === 1) return nameOf(key);
    const name = numbers.get(key) ?? `${SHARED}-${numbers.size + 1}`;
    numbers.set(key, name);
    return name;
  };
  placeByNeed(graph, OF_CORE, (module, needers) => place(module, groupNeededBy(needers), CORE));
  placeByNeed(graph, OF_WORLD, (module, needers) => {
    // The first of them is loaded before any of the others.
    const first = needers[0] === OF_WORLD[0] ? needers.slice(0, 1) : needers;
    place(module, groupNeededBy(first), WORLD);
  });
  placeByNeed(graph, lazyModules(graph), (module, needers) => {
    if (placed.has(module)) return;
    const name = groupNeededBy(needers);
    place(module, name, name);
  });
  return [...groups.values()];
}

/** Calls `place` for each module that `roots` load, with the roots that need it. */
function placeByNeed(
  graph: ReadonlyMap<string, Module>,
  roots: readonly string[],
  place: (module: string, needers: readonly string[]) => void,
): void {
  const needers = new Map<string, string[]>();
  for (const root of roots) {
    for (const module of loadedWith(graph, root)) {
      needers.set(module, [...(needers.get(module) ?? []), root]);
    }
  }
  for (const [module, found] of needers) place(module, found);
}

/** Our own modules that are loaded by a `require`, in order of their paths. */
function lazyModules(graph: ReadonlyMap<string, Module>): string[] {
  const lazy = [...graph.values()].flatMap((module) => module.lazy);
  return [...new Set(lazy)].filter((path) => !path.startsWith("node_modules/")).sort();
}

/** "runtime/config/nearest.ts" is "runtime-config-nearest". */
export function nameOf(path: string): string {
  return path
    .replace(/\.[jt]s$/, "")
    .replaceAll(/[^\w-]+/g, "-")
    .replace(/^-/, "");
}
