// Makes the world of a test file: options, configuration, store and workers come together here. Loaded when the first
// file uses a binding or the worker.

import { dirname } from "node:path";
import { BunflareError } from "../runtime/errors.ts";
import { loadWorkerConfig } from "../runtime/config/load.ts";
import { createBindings } from "../runtime/bindings/index.ts";
import { createThrowawayStore } from "../runtime/store/throwaway.ts";
import { World } from "../runtime/world.ts";
import { configCache } from "./config-cache.ts";
import type { FileScope } from "./file-scope.ts";
import { currentOptions } from "./options.ts";
import { processDirectory } from "./process-directory.ts";

/** Opens the world of `file`. Throws `ConfigError` where the configuration is missing or wrong. */
export function openWorld(file: FileScope): World {
  const options = currentOptions();
  const directory = () => processDirectory(options.tmpdir);
  const config = loadWorkerConfig({
    file: options.config,
    from: [dirname(file.path), process.cwd()],
    environment: options.environment,
    processEnv: process.env,
    cache: configCache(directory),
  });
  return new World({
    name: file.name,
    workers: [config],
    bindings: createBindings(options),
    store: createThrowawayStore(directory),
    // Ids differ between files, and are the same in each run.
    seed: `${options.seed ?? 0}:${file.name}`,
    fakes: loadFakes(options.fakes),
    load: (worker) => import(worker.main ?? ""),
    owner: () => file.owner,
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
