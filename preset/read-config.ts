// The configurations of the workers of a test file.

import { reviveConfig } from "../runtime/config/kept.ts";
import type { WorkerConfig } from "../runtime/config/types.ts";
import { paths } from "../runtime/paths.ts";
import type { FileScope } from "./file-scope.ts";
import { keepMemory, memory } from "./memory.ts";
import { currentOptions } from "./options.ts";

/** That of the worker under test. Throws `ConfigError` where it is missing or wrong. */
export function readPrimary(file: FileScope): WorkerConfig {
  return read(currentOptions().config, [paths.dirname(file.path), process.cwd()]);
}

/** Those of `[bunflare] workers`, in that order. */
export function readWorkers(): WorkerConfig[] {
  return currentOptions().workers.map((file) => read(file, []));
}

function read(file: string | undefined, from: readonly string[]): WorkerConfig {
  const processEnv = process.env;
  const environment = currentOptions().environment ?? processEnv["CLOUDFLARE_ENV"];
  const key = `${file ?? from.join(":")} ${environment ?? ""}`;
  const { configs, warned } = memory();
  const known = configs[key];
  const revived = known === undefined ? null : reviveConfig(known, processEnv);
  if (revived !== null) return revived;
  const { readConfigToKeep } =
    require("../runtime/config/keep.ts") as typeof import("../runtime/config/keep.ts");
  const { config, kept } = readConfigToKeep({ file, from, environment, processEnv });
  if (kept === null) delete configs[key];
  else configs[key] = kept;
  // Once for each configuration, not once for each test file.
  if (warned[key] === undefined) {
    warned[key] = true;
    for (const { path, message } of config.warnings) {
      console.warn(`[bunflare] ${config.file}, ${path.join(".")}: ${message}`);
    }
  }
  keepMemory();
  return config;
}
