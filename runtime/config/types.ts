// What configuration is to the rest of the runtime: one `WorkerConfig` for each worker, already
// resolved for its environment, that knows where each key was written.

import type { Compatibility } from "./compatibility.ts";
import type { ConfigWarning } from "./environments.ts";
import type { ConfigError, ErrorCode, Report } from "../errors.ts";

/**
 * A configuration key as wrangler documents it, with dots: "kv_namespaces",
 * "durable_objects.bindings".
 */
export type ConfigPath = string;

/**
 * A value of `vars`, `.dev.vars` or `.env`: text, or JSON where the configuration file gives JSON.
 */
export type Variable = string | number | boolean | null | object;

/** One worker's configuration, resolved for one environment. */
export interface WorkerConfig {
  /** The configuration file, absolute. */
  readonly file: string;
  /** The folder that relative paths in it start from, absolute. */
  readonly directory: string;
  /** The environment chosen, or null for the top level. */
  readonly environment: string | null;
  readonly name: string;
  /** The entry module, absolute; null when the configuration has none. */
  readonly main: string | null;
  readonly compatibility: Compatibility;
  /** `vars`, overlaid by `.dev.vars` or the `.env` files, in the order that wrangler gives them. */
  readonly variables: Readonly<Record<string, Variable>>;
  /** What wrangler would warn about; the caller decides whether and where to print it. */
  readonly warnings: readonly ConfigWarning[];
  /** A variable of the process, for the few that wrangler reads by a binding's name. */
  processVariable(name: string): string | undefined;
  /** The resolved value at a path ("kv_namespaces", "queues.consumers"); undefined when absent. */
  get(path: ConfigPath): unknown;
  /**
   * What `make` gives, which must follow from this configuration alone; plain data is kept with it for the next test file,
   * which then need not load what makes it.
   */
  derive<T>(key: string, make: () => T): T;
  /**
   * An error that names file, line and key. The path may go on into lists and objects, as segments:
   * `config.error("config_invalid", ["kv_namespaces", 0, "binding"], { what, why, todo })`.
   */
  error(code: ErrorCode, path: readonly (string | number)[], report: Report): ConfigError;
}
