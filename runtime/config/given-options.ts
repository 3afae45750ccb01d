// The options as `bunfig.toml` gives them, checked. Loaded where it gives any.

import { ConfigError, type ErrorCode, type Report } from "../errors.ts";
import { paths } from "../paths.ts";
import { nearest } from "./nearest.ts";
import type { Options } from "./options.ts";
import { describe, isTable, parseConfig, type Table } from "./parse.ts";
import { lineOf } from "./position.ts";

const NAMES = [
  "config",
  "environment",
  "network",
  "tmpdir",
  "migrations",
  "seed",
  "workers",
  "fakes",
  "persist",
] as const satisfies readonly (keyof Options)[];

/** Reads the table `[bunflare]` of a file; throws `option_unknown` and `option_invalid` with file and line. */
export function readOptions(directory: string, file: string, text: string): Options {
  const given = new GivenOptions(directory, file, text, readTable(file, text));
  return {
    config: given.path("config"),
    environment: given.text("environment"),
    network: given.oneOf("network", ["allow", "deny"]),
    tmpdir: given.path("tmpdir"),
    migrations: given.oneOf("migrations", ["automatic", "manual"]),
    seed: given.seed("seed"),
    workers: given.paths("workers"),
    fakes: given.path("fakes"),
    persist: given.path("persist"),
  };
}

class GivenOptions {
  readonly #directory: string;
  readonly #file: string;
  readonly #text: string;
  readonly #table: Table;

  constructor(directory: string, file: string, text: string, table: Table) {
    this.#directory = directory;
    this.#file = file;
    this.#text = text;
    this.#table = table;
    for (const name of Object.keys(table)) {
      if (!(NAMES as readonly string[]).includes(name)) throw this.#unknown(name);
    }
  }

  text(name: string): string | undefined {
    const value = this.#table[name];
    if (value === undefined || typeof value === "string") return value;
    throw this.#wrong(name, "a string");
  }

  path(name: string): string | undefined {
    const value = this.text(name);
    if (value === "") throw this.#wrong(name, "a path");
    return value === undefined ? undefined : paths.resolve(this.#directory, value);
  }

  paths(name: string): readonly string[] {
    const value = this.#table[name];
    if (value === undefined) return [];
    if (!Array.isArray(value) || !value.every(isPath)) throw this.#wrong(name, "a list of paths");
    return value.map((path) => paths.resolve(this.#directory, path));
  }

  seed(name: string): string | number | undefined {
    const value = this.#table[name];
    if (value === undefined || typeof value === "string") return value;
    if (typeof value === "number" && Number.isSafeInteger(value)) return value;
    throw this.#wrong(name, "a whole number or a string");
  }

  /** The first choice is the default. */
  oneOf<const Choice extends string>(name: string, choices: readonly [Choice, Choice]): Choice {
    const value = this.#table[name];
    if (value === undefined) return choices[0];
    const choice = choices.find((known) => known === value);
    if (choice !== undefined) return choice;
    throw this.#wrong(name, choices.map((known) => JSON.stringify(known)).join(" or "));
  }

  #wrong(name: string, expected: string): ConfigError {
    return this.#error("option_invalid", name, {
      what: `must be ${expected}`,
      why: `it is ${describe(this.#table[name])}`,
    });
  }

  #unknown(name: string): ConfigError {
    const guess = nearest(name, NAMES);
    return this.#error("option_unknown", name, {
      what: "is not an option of bunflare",
      why: `the options are ${NAMES.join(", ")}`,
      ...(guess === undefined ? {} : { todo: `Did you mean "${guess}"?` }),
    });
  }

  #error(code: ErrorCode, name: string, report: Report): ConfigError {
    const line = lineOf(this.#file, this.#text, ["bunflare", name]);
    return new ConfigError(code, { file: this.#file, line, key: `bunflare.${name}` }, report);
  }
}

// By Bun's own parser, because it is Bun's own file and this is on every start; ours finds the line
// of an error.
function readTable(file: string, text: string): Table {
  let content: Table;
  try {
    content = Bun.TOML.parse(text) as Table;
  } catch {
    content = parseConfig(file, text);
  }
  const table = content["bunflare"] ?? {};
  if (isTable(table)) return table;
  throw new ConfigError(
    "option_invalid",
    { file, line: lineOf(file, text, ["bunflare"]), key: "bunflare" },
    { what: "must be a table", why: `it is ${describe(table)}`, todo: "Write [bunflare]" },
  );
}

function isPath(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
