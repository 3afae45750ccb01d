// The module graphs of further workers: imports with a query that names a graph are loaded by it. The hook is registered
// with the first one.

import type { WorkerConfig } from "../runtime/config/types.ts";
import type { Loaded, ModuleGraph } from "../runtime/loading/graph.ts";
import type { MainModule, Worker } from "../runtime/worker/worker.ts";
import { redirectsFor } from "./project.ts";

/** A graph, and the worker whose it is. */
interface Known {
  readonly graph: ModuleGraph;
  /** What of the configuration decides how code is changed. */
  readonly rules: string;
  worker(): Worker;
}

const graphs = new Map<string, Known>();
let isHooked = false;

/** Makes the graph of a worker. `key` names it; no other graph of the process may have it. */
export function openGraph(key: string, config: WorkerConfig, worker: () => Worker): void {
  const { ModuleGraph } =
    require("../runtime/loading/graph.ts") as typeof import("../runtime/loading/graph.ts");
  const graph = new ModuleGraph({ key, config, redirects: redirectsFor(config.directory) });
  const rules = ["alias", "define", "rules"].map((name) => config.get(name) ?? null);
  graphs.set(key, { graph, rules: JSON.stringify([config.file, ...rules]), worker });
  if (isHooked) return;
  isHooked = true;
  Bun.plugin({
    name: "bunflare-graphs",
    setup(build) {
      build.onLoad({ filter: /[?&]worker=/, namespace: "file" }, ({ path }) => load(path));
    },
  });
}

/** Imports a module in a graph. */
export function importIn(key: string, file: string): Promise<MainModule> {
  return import(known(key).graph.specifier(file) ?? file) as Promise<MainModule>;
}

/** The worker whose graph has a key. */
export function workerOf(key: string): Worker {
  return known(key).worker();
}

/** Forgets a graph; its modules go with those of the test file. */
export function closeGraph(key: string): void {
  graphs.delete(key);
}

function known(key: string): Known {
  const found = graphs.get(key);
  if (found === undefined) throw new Error(`the worker "${key}" is gone: its test file has ended`);
  return found;
}

// Changed code, so that the next test file need not parse it again; what it is made from may change under --watch.
const changed = new Map<string, { readonly time: number; readonly loaded: Loaded }>();

function load(path: string): Loaded {
  const at = path.indexOf("?");
  const file = path.slice(0, at);
  const query = new URLSearchParams(path.slice(at + 1));
  const { graph, rules } = known(query.get("worker") ?? "");
  const time = Bun.file(file).lastModified;
  const key = `${rules} ${path}`;
  const before = changed.get(key);
  if (before?.time === time) return before.loaded;
  const loaded = graph.load(file, query);
  if (loaded.loader !== "object") changed.set(key, { time, loaded });
  return loaded;
}
