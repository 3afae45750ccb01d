// Writes a script's configuration as wrangler would find it in a project: both runtimes read the same files.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ScriptFacts } from "./script.ts";

/** The name of the worker that a script is, unless its configuration names it. */
export const workerName = "conformance";

/** A module that is no code. */
export interface ModuleFile {
  /** How the main module names it, relative to itself. */
  path: string;
  file: string;
  type: "Text" | "Data" | "CompiledWasm";
}

/** One worker's configuration file, and the modules that it is to run. */
export interface WrittenWorker {
  name: string;
  configFile: string;
  main: string;
  modules?: ModuleFile[];
}

/**
 * Writes wrangler.json (or wrangler.toml) and the script's `files` into `directory`, and one subdirectory for each further worker. The
 * first of the result is the script itself. `mains` gives the absolute module of each worker by name.
 */
export function writeConfig(
  script: ScriptFacts,
  directory: string,
  mains: Readonly<Record<string, string>>,
): WrittenWorker[] {
  for (const [path, text] of Object.entries(script.files ?? {})) write(join(directory, path), text);
  const own = writeWorker(script, directory, workerName, script.config ?? {}, mains);
  const others = Object.entries(script.workers ?? {}).map(([name, { config = {} }]) =>
    writeWorker(script, join(directory, "workers", name), name, config, mains),
  );
  return [own, ...others];
}

function writeWorker(
  script: ScriptFacts,
  directory: string,
  name: string,
  config: Readonly<Record<string, unknown>>,
  mains: Readonly<Record<string, string>>,
): WrittenWorker {
  const main = mains[name];
  if (main === undefined) throw new Error(`${script.id}: no module for the worker "${name}"`);
  const filledIn = {
    name,
    main,
    compatibility_date: script.compatibilityDate,
    compatibility_flags: script.compatibilityFlags ?? [],
  };
  if (script.toml !== undefined && name === workerName) {
    const configFile = join(directory, "wrangler.toml");
    write(configFile, `${toToml(filledIn)}\n${script.toml}`);
    return { name, configFile, main };
  }
  const configFile = join(directory, "wrangler.json");
  const full = { ...filledIn, ...config };
  write(configFile, JSON.stringify(full, null, 2));
  return { name: full.name, configFile, main };
}

// What JSON writes for texts and lists of texts is TOML too.
function toToml(keys: Readonly<Record<string, string | readonly string[]>>): string {
  return Object.entries(keys)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
    .join("");
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
