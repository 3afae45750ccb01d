// The configurations of the workers of a test file.

import { loadWorkerConfig } from "../runtime/config/load.ts";
import type { TextCache } from "../runtime/config/resolve.ts";
import type { WorkerConfig } from "../runtime/config/types.ts";
import { paths } from "../runtime/paths.ts";
import { configCache } from "./config-cache.ts";
import type { FileScope } from "./file-scope.ts";
import { currentOptions } from "./options.ts";
import { processDirectory } from "./process-directory.ts";

/** That of the worker under test. Throws `ConfigError` where it is missing or wrong. */
export function readPrimary(file: FileScope): WorkerConfig {
  return read(currentOptions().config, [paths.dirname(file.path), process.cwd()]);
}

/** Those of `[bunflare] workers`, in that order. */
export function readWorkers(): WorkerConfig[] {
  return currentOptions().workers.map((file) => read(file));
}

function read(file: string | undefined, from?: readonly string[]): WorkerConfig {
  const { environment, tmpdir } = currentOptions();
  const kept = configCache(() => processDirectory(tmpdir));
  let isNew = false;
  const cache: TextCache = {
    read: (key) => kept.read(key),
    write(key, text) {
      isNew = true;
      kept.write(key, text);
    },
  };
  const config = loadWorkerConfig({ file, from, environment, processEnv: process.env, cache });
  // Once for each configuration, not once for each test file.
  if (isNew) {
    for (const { path, message } of config.warnings) {
      console.warn(`[bunflare] ${config.file}, ${path.join(".")}: ${message}`);
    }
  }
  return config;
}
