// Makes the world of a test file: options, configuration, store and workers come together here. Loaded when the first
// file uses a binding or the worker.

import { BunflareError } from "../runtime/errors.ts";
import type { Options } from "../runtime/config/options.ts";
import type { WorkerConfig } from "../runtime/config/types.ts";
import { createBindings } from "../runtime/bindings/index.ts";
import type { OwnedStore } from "../runtime/store/store.ts";
import { createThrowawayStore } from "../runtime/store/throwaway.ts";
import type { Worker } from "../runtime/worker/worker.ts";
import { World } from "../runtime/world.ts";
import type { FileScope } from "./file-scope.ts";
import { closeGraph, importIn, openGraph } from "./graphs.ts";
import { currentOptions } from "./options.ts";
import { readPrimary, readWorkers } from "./read-config.ts";
import { populateProcessEnv } from "./process-env.ts";
import { processDirectory } from "./process-directory.ts";

/** Opens the world of `file`. Throws `ConfigError` where the configuration is missing or wrong. */
export function openWorld(file: FileScope): World {
  const options = currentOptions();
  const directory = () => processDirectory(options.tmpdir);
  const workers = [readPrimary(file), ...readWorkers()];
  assertNames(workers);
  if (options.persist === undefined) {
    return createWorld(file, workers, options, createThrowawayStore(directory));
  }
  const store = openPersistent(options.persist);
  try {
    const world = createWorld(file, workers, options, store);
    // What became due since the last run is due now.
    world.openAll();
    return world;
  } catch (error) {
    // The next file wants it too.
    store.close();
    throw error;
  }
}

function createWorld(
  file: FileScope,
  workers: readonly WorkerConfig[],
  options: Options,
  store: OwnedStore,
): World {
  const [primary] = workers;
  const world: World = new World({
    name: file.name,
    workers,
    bindings: createBindings(options),
    store,
    // Ids differ between files, and are the same in each run; unless those of the last run are still there.
    seed: options.persist === undefined ? `${options.seed ?? 0}:${file.name}` : crypto.randomUUID(),
    fakes: loadFakes(options.fakes),
    load: ({ name, main }) =>
      name === primary?.name ? import(main ?? "") : importIn(name, main ?? ""),
    owner: () => file.owner,
    rpc: () => file.rpc(),
    onError: (error) => file.owner.fail(error),
    onFirstMove: (clock) => {
      const { patchDate } =
        require("../runtime/clock/date.ts") as typeof import("../runtime/clock/date.ts");
      const { trackIo } =
        require("../runtime/clock/io-waits.ts") as typeof import("../runtime/clock/io-waits.ts");
      file.atEnd(patchDate(globalThis, clock));
      file.atEnd(trackIo(globalThis));
    },
  });
  if (primary?.compatibility.has("nodejs_compat_populate_process_env") === true) {
    file.atEnd(populateProcessEnv(primary.variables));
  }
  for (const config of workers.slice(1)) {
    openGraph(config.name, config, () => requireWorker(world, config.name));
    file.atEnd(() => closeGraph(config.name));
  }
  return world;
}

function requireWorker(world: World, name: string): Worker {
  const worker = world.workers.get(name);
  if (worker === undefined) throw new Error(`unreachable: the world has the worker "${name}"`);
  return worker;
}

// Workers find each other by their names.
function assertNames(workers: readonly WorkerConfig[]): void {
  for (const [index, worker] of workers.entries()) {
    const other = workers.slice(0, index).find(({ name }) => name === worker.name);
    if (other === undefined) continue;
    throw worker.error("config_invalid", ["name"], {
      what: `two workers have the name "${worker.name}"`,
      why: `${other.file} has it too`,
      todo: "Give each worker of [bunflare] workers a name of its own",
    });
  }
}

/** Opened anew by each file: what one left, the next one finds. */
function openPersistent(directory: string): OwnedStore {
  if (process.env.BUN_TEST_WORKER_ID !== undefined) {
    throw new BunflareError("option_invalid", {
      what: "bunfig.toml, bunflare.persist: a persistent store cannot be used with --parallel",
      why: "one process has it at a time",
      todo: "Run without --parallel, or without persist",
    });
  }
  const { openPersistentStore } =
    require("../runtime/store/persistent.ts") as typeof import("../runtime/store/persistent.ts");
  return openPersistentStore(directory);
}

/** The default export of the `[bunflare] fakes` module; evaluated anew for each test file, like every module. */
function loadFakes(path: string | undefined): Readonly<Record<string, unknown>> {
  if (path === undefined) return {};
  const { default: fakes } = require(path) as { default?: unknown };
  if (typeof fakes === "object" && fakes !== null) return fakes as Record<string, unknown>;
  throw new BunflareError("option_invalid", {
    what: `bunfig.toml, bunflare.fakes: ${path} gives no fakes`,
    why: "its default export is no object",
    todo: "Write: export default { AI: … }",
  });
}
