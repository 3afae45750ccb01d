// The configuration of one worker, made from plain data: what reads it need not be loaded where somebody kept the data.

import type { ConfigError, ErrorCode, Report } from "../errors.ts";
import { paths } from "../paths.ts";
import { type Compatibility, createCompatibility } from "./compatibility.ts";
import type { ConfigWarning, ResolvedConfig } from "./environments.ts";
import type { Path } from "./position.ts";
import type { ConfigPath, Variable, WorkerConfig } from "./types.ts";
import type { ProcessEnv } from "./variables.ts";

/** What a worker's configuration is made from. */
export interface ConfigParts {
  /** The configuration file, absolute. */
  readonly file: string;
  readonly resolved: ResolvedConfig;
  readonly variables: Readonly<Record<string, Variable>>;
  readonly warnings: readonly ConfigWarning[];
  /** What was derived from it, as JSON; absent where nothing is kept. */
  readonly derived?: Record<string, string>;
}

/** Makes a configuration. */
export function workerConfig(parts: ConfigParts, processEnv: ProcessEnv): WorkerConfig {
  return new LoadedConfig(parts, processEnv);
}

class LoadedConfig implements WorkerConfig {
  readonly file: string;
  readonly directory: string;
  readonly environment: string | null;
  readonly name: string;
  readonly main: string | null;
  readonly compatibility: Compatibility;
  readonly variables: Readonly<Record<string, Variable>>;
  readonly warnings: readonly ConfigWarning[];
  readonly #resolved: ResolvedConfig;
  readonly #processEnv: ProcessEnv;
  readonly #derived: Record<string, string> | undefined;
  /** How often it was asked for a variable of the process: what follows from one is not kept. */
  #processReads = 0;

  constructor(parts: ConfigParts, processEnv: ProcessEnv) {
    const { file, resolved, variables, warnings } = parts;
    const { name, main, site } = resolved.values as Values;
    const entry = main ?? site?.["entry-point"];
    this.file = file;
    this.directory = paths.dirname(file);
    this.environment = resolved.environment;
    this.name = typeof name === "string" && name !== "" ? name : "worker";
    this.main = typeof entry === "string" ? paths.resolve(this.directory, entry) : null;
    this.compatibility = createCompatibility(resolved.values);
    this.variables = variables;
    this.warnings = warnings;
    this.#resolved = resolved;
    this.#processEnv = processEnv;
    this.#derived = parts.derived;
  }

  processVariable(name: string): string | undefined {
    this.#processReads++;
    return this.#processEnv[name];
  }

  get(path: ConfigPath): unknown {
    const { values } = this.#resolved;
    // Every world asks for the keys of all bindings, and most are plain.
    if (!path.includes("."))
      return Object.hasOwn(values, path) ? (values[path] ?? undefined) : undefined;
    let value: unknown = values;
    for (const key of path.split(".")) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return;
      value = (value as Record<string, unknown>)[key];
    }
    return value ?? undefined;
  }

  derive<T>(key: string, make: () => T): T {
    const kept = this.#derived?.[key];
    if (kept !== undefined) return JSON.parse(kept) as T;
    const reads = this.#processReads;
    const made = make();
    if (this.#derived !== undefined && this.#processReads === reads) {
      const { plainText } = require("./keep.ts") as typeof import("./keep.ts");
      const text = plainText(made);
      if (text !== null) this.#derived[key] = text;
    }
    return made;
  }

  error(code: ErrorCode, path: Path, report: Report): ConfigError {
    const { errorAt, sourcePath } = require("./resolve.ts") as typeof import("./resolve.ts");
    return errorAt(this.file, code, sourcePath(this.#resolved, path), report);
  }
}

interface Values {
  readonly name?: unknown;
  readonly main?: unknown;
  // Its type was checked on the way.
  readonly site?: { readonly "entry-point"?: unknown } | null;
}
