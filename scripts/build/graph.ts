// Which module loads which, as the bundler sees it: type-only imports are gone.

import { join } from "node:path";

/** One module and what it loads; paths are relative to the repository. */
export interface Module {
  /** Loaded with it. */
  readonly eager: readonly string[];
  /** Loaded by a `require` when it is first used. */
  readonly lazy: readonly string[];
}

/** All modules that `entries` reach, by their paths relative to `root`. */
export async function readGraph(
  root: string,
  entries: readonly string[],
): Promise<Map<string, Module>> {
  const { metafile } = await Bun.build({
    entrypoints: entries.map((entry) => join(root, entry)),
    root,
    target: "bun",
    metafile: true,
    throw: true,
  });
  if (metafile === undefined) throw new Error("the bundler gave no metafile");
  const graph = new Map<string, Module>();
  for (const [path, { imports }] of Object.entries(metafile.inputs)) {
    // "bun:wrap" is what the bundler itself adds.
    const inside = imports.filter(({ path, external }) => external !== true && path !== "bun:wrap");
    graph.set(path, {
      eager: inside.filter(({ kind }) => kind !== "require-call").map((found) => found.path),
      lazy: inside.filter(({ kind }) => kind === "require-call").map((found) => found.path),
    });
  }
  return graph;
}

/** The modules that are loaded with `path`, itself included. */
export function loadedWith(graph: ReadonlyMap<string, Module>, path: string): Set<string> {
  const reached = new Set<string>([path]);
  for (const module of reached) {
    for (const next of graph.get(module)?.eager ?? []) reached.add(next);
  }
  return reached;
}
