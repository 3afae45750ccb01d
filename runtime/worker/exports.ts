// Checks that a main module exports the classes that its configuration names.

import type { WorkerConfig } from "../config/types.ts";

/** A class that the configuration names, with the path of the key that names it. */
export interface ClassUse {
  readonly className: string;
  readonly path: readonly (string | number)[];
}

/** Throws `ConfigError` "main_invalid" for the first class that is not exported. */
export function checkExports(
  config: WorkerConfig,
  exports: Readonly<Record<string, unknown>>,
  classes: readonly ClassUse[],
): void {
  for (const { className, path } of classes) {
    if (typeof exports[className] === "function") continue;
    const names = Object.keys(exports).filter((name) => name !== "default");
    throw config.error("main_invalid", path, {
      what: `the class "${className}" is not exported`,
      why: `${config.main} exports ${names.length === 0 ? "no class" : names.join(", ")}`,
      todo: `Write "export class ${className} …" there, or correct the name`,
    });
  }
}
