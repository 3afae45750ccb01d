// The one place where compatibility dates and flags are asked (law 7).
// https://developers.cloudflare.com/workers/configuration/compatibility-dates/

import { FLAG_TABLE, LATEST_DATE } from "./compatibility-flags.ts";
import type { ConfigWarning, Fail } from "./environments.ts";
import { describe, type Table, TomlDate } from "./parse.ts";

/** What a worker's compatibility date and flags switch on. */
export interface Compatibility {
  /** "2026-11-17" */
  readonly date: string;
  /** The flags as the configuration gives them. */
  readonly flags: readonly string[];
  /**
   * Whether the behaviour that a flag enables is on; asked by the enabling name
   * ("rpc_params_dup_stubs").
   */
  has(flag: string): boolean;
  /** Every known flag, as `Cloudflare.compatibilityFlags` lists them. */
  all(): Readonly<Record<string, boolean>>;
}

/**
 * What a resolved configuration that passed `checkCompatibility` switches on. Flags that the date
 * gives anyway change nothing.
 */
export function createCompatibility(values: Table): Compatibility {
  const { compatibility_date: date, compatibility_flags: flags } = values;
  return new DatedFlags(
    typeof date === "string" ? date : LATEST_DATE,
    Array.isArray(flags) ? flags : [],
  );
}

/**
 * Checks `compatibility_date` and `compatibility_flags`; throws on a malformed date and on flags
 * that contradict.
 */
export function checkCompatibility(values: Table, fail: Fail): readonly ConfigWarning[] {
  const { compatibility_date: date, compatibility_flags: flags } = values;
  if (date !== undefined && !(typeof date === "string" && isDate(date)))
    throw wrongDate(date, fail);
  return flags === undefined ? [] : checkFlags(flags, fail);
}

function checkFlags(value: unknown, fail: Fail): readonly ConfigWarning[] {
  const flags = readFlags(value, fail);
  const warnings: ConfigWarning[] = [];
  flags.forEach((flag, index) => {
    const line = lineOf(flag) ?? lineDisabledBy(flag);
    if (line === undefined) {
      const { nearest } = require("./nearest.ts") as typeof import("./nearest.ts");
      const guess = nearest(flag, names());
      const hint = guess === undefined ? "" : `, did you mean "${guess}"?`;
      warnings.push({
        path: ["compatibility_flags", index],
        message: `"${flag}" is no compatibility flag of workerd as of ${LATEST_DATE}${hint}`,
      });
      return;
    }
    const opposite = line.enable === flag ? line.disable : line.enable;
    if (opposite !== null && flags.indexOf(opposite) > index) {
      throw fail(["compatibility_flags", flags.indexOf(opposite)], {
        what: `"${opposite}" contradicts "${flag}"`,
        todo: "Keep one of the two",
      });
    }
  });
  return warnings;
}

class DatedFlags implements Compatibility {
  readonly date: string;
  readonly flags: readonly string[];
  readonly #known = new Map<string, boolean>();

  constructor(date: string, flags: readonly string[]) {
    this.date = date;
    this.flags = flags;
  }

  has(flag: string): boolean {
    const known = this.#known.get(flag);
    if (known !== undefined) return known;
    const line = lineOf(flag);
    if (line === undefined) throw new TypeError(`"${flag}" is not in the table of flags`);
    const on = this.#decide(line);
    this.#known.set(flag, on);
    return on;
  }

  all(): Readonly<Record<string, boolean>> {
    return Object.fromEntries(names().map((flag) => [flag, this.has(flag)]));
  }

  #decide({ enable, disable, date, impliedBy, impliedFrom }: FlagLine): boolean {
    if (disable !== null && this.flags.includes(disable)) return false;
    if (this.flags.includes(enable)) return true;
    if (date !== null && (date === "always" || this.date >= date)) return true;
    if (impliedFrom === null || this.date < impliedFrom) return false;
    return impliedBy.some((flag) => this.has(flag));
  }
}

interface FlagLine {
  enable: string;
  disable: string | null;
  date: string | null;
  impliedBy: readonly string[];
  impliedFrom: string | null;
}

function lineOf(enable: string): FlagLine | undefined {
  return lineAt(FLAG_TABLE.indexOf(`\n${enable} `) + 1);
}

function lineDisabledBy(disable: string): FlagLine | undefined {
  const at = FLAG_TABLE.indexOf(` ${disable} `);
  return at === -1 ? undefined : lineAt(FLAG_TABLE.lastIndexOf("\n", at) + 1);
}

function lineAt(start: number): FlagLine | undefined {
  if (start <= 0) return undefined;
  const [enable, disable, date, by, from] = FLAG_TABLE.slice(
    start,
    FLAG_TABLE.indexOf("\n", start),
  ).split(" ");
  if (enable === undefined || disable === undefined || date === undefined) return undefined;
  return {
    enable,
    disable: disable === "-" ? null : disable,
    date: date === "-" ? null : date,
    impliedBy: by?.split(",") ?? [],
    impliedFrom: from ?? null,
  };
}

function names(): string[] {
  return FLAG_TABLE.trim()
    .split("\n")
    .map((line) => line.slice(0, line.indexOf(" ")));
}

function wrongDate(value: unknown, fail: Fail): Error {
  const path = ["compatibility_date"];
  if (value instanceof TomlDate) {
    return fail(path, {
      what: "must be a string",
      why: "a date without quotes is a TOML date",
      todo: `Write "${value.text}"`,
    });
  }
  return fail(path, {
    what: 'must be a date such as "2026-11-17"',
    why: `it is ${describe(value)}`,
  });
}

// As workerd, which takes 31 days in every month.
function isDate(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text);
}

function readFlags(value: unknown, fail: Fail): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((flag) => typeof flag === "string")) return value;
  const index = Array.isArray(value) ? value.findIndex((flag) => typeof flag !== "string") : -1;
  const path = index === -1 ? ["compatibility_flags"] : ["compatibility_flags", index];
  const found: unknown = index === -1 ? value : (value as unknown[])[index];
  throw fail(path, {
    what: index === -1 ? "must be a list of strings" : "must be a string",
    why: `it is ${describe(found)}`,
  });
}
