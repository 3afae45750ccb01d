// Reads entries of a configuration with their types checked; each binding's `parse` goes through
// it, so that a wrong value is reported in the same words everywhere, with file, line and key.

import type { ConfigError } from "../errors.ts";
import { describe, isTable, type Table } from "./parse.ts";
import type { Path } from "./position.ts";
import type { ConfigPath, WorkerConfig } from "./types.ts";

/**
 * The entries of a list such as `kv_namespaces` or `queues.consumers`; none when the key is absent.
 */
export function list(config: WorkerConfig, key: ConfigPath): readonly Entry[] {
  return entriesOf(config, key.split("."), config.get(key));
}

/** A table such as `images` or `assets`; null when the key is absent. */
export function table(config: WorkerConfig, key: ConfigPath): Entry | null {
  return entryOf(config, key.split("."), config.get(key));
}

/** One table of a configuration, whose values are asked for with their types. */
export class Entry {
  readonly #config: WorkerConfig;
  readonly #values: Table;
  /** Where it is, in resolved form: ["queues", "consumers", 0]. */
  readonly path: Path;

  constructor(config: WorkerConfig, path: Path, values: Table) {
    this.#config = config;
    this.path = path;
    this.#values = values;
  }

  /** The value as it is written; undefined when absent. */
  raw(key: string): unknown {
    return Object.hasOwn(this.#values, key) ? this.#values[key] : undefined;
  }

  /** The keys that are written. */
  keys(): readonly string[] {
    return Object.keys(this.#values);
  }

  string(key: string, fallback?: string): string {
    return this.optionalString(key) ?? fallback ?? this.#missing(key, "a string");
  }

  optionalString(key: string): string | undefined {
    return this.#read(key, "a string", isString);
  }

  number(key: string, fallback?: number): number {
    return this.optionalNumber(key) ?? fallback ?? this.#missing(key, "a number");
  }

  optionalNumber(key: string): number | undefined {
    return this.#read(key, "a number", isNumber);
  }

  boolean(key: string, fallback?: boolean): boolean {
    return this.optionalBoolean(key) ?? fallback ?? this.#missing(key, "true or false");
  }

  optionalBoolean(key: string): boolean | undefined {
    return this.#read(key, "true or false", isBoolean);
  }

  oneOf<const Choice extends string | number>(
    key: string,
    choices: readonly Choice[],
    fallback?: Choice,
  ): Choice {
    const value = this.optionalOneOf(key, choices) ?? fallback;
    return value ?? this.#missing(key, listOf(choices));
  }

  optionalOneOf<const Choice extends string | number>(
    key: string,
    choices: readonly Choice[],
  ): Choice | undefined {
    const isChoice = (value: unknown): value is Choice =>
      (choices as readonly unknown[]).includes(value);
    return this.#read(key, listOf(choices), isChoice);
  }

  /** A list of strings; undefined when absent. */
  strings(key: string): readonly string[] | undefined {
    return this.#read(key, "a list of strings", isStrings);
  }

  /** A table inside this one; null when absent. */
  table(key: string): Entry | null {
    return entryOf(this.#config, [...this.path, key], this.raw(key));
  }

  /** The tables of a list inside this one; none when absent. */
  list(key: string): readonly Entry[] {
    return entriesOf(this.#config, [...this.path, key], this.raw(key));
  }

  /** An error about a key of this entry, or about the whole entry. */
  error(key: string | null, report: { what: string; why?: string; todo?: string }): ConfigError {
    const path = key === null ? this.path : [...this.path, key];
    return this.#config.error("config_invalid", path, report);
  }

  #read<Value>(
    key: string,
    expected: string,
    is: (value: unknown) => value is Value,
  ): Value | undefined {
    const value = this.raw(key);
    if (value === undefined || is(value)) return value;
    throw this.error(key, { what: `must be ${expected}`, why: `it is ${describe(value)}` });
  }

  #missing(key: string, expected: string): never {
    throw this.error(key, { what: "is missing", why: `it must be ${expected}` });
  }
}

function entriesOf(config: WorkerConfig, path: Path, value: unknown): readonly Entry[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw wrong(config, path, "a list", value);
  return value.map((item, index) => {
    const at = [...path, index];
    if (!isTable(item)) throw wrong(config, at, "an object", item);
    return new Entry(config, at, item);
  });
}

function entryOf(config: WorkerConfig, path: Path, value: unknown): Entry | null {
  if (value === undefined) return null;
  if (!isTable(value)) throw wrong(config, path, "an object", value);
  return new Entry(config, path, value);
}

function wrong(config: WorkerConfig, path: Path, expected: string, value: unknown): ConfigError {
  const why = `it is ${describe(value)}`;
  return config.error("config_invalid", path, { what: `must be ${expected}`, why });
}

const isString = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number";
const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(isString);

function listOf(choices: readonly (string | number)[]): string {
  const shown = choices.map((choice) => JSON.stringify(choice));
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} or ${last}`;
}
