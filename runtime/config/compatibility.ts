// The one place where compatibility dates and flags are asked (law 7).
// https://developers.cloudflare.com/workers/configuration/compatibility-dates/

import { FLAG_TABLE, LATEST_DATE } from "./compatibility-flags.ts";
import type { Table } from "./parse.ts";

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

/** A line of the table. */
export interface FlagLine {
  enable: string;
  disable: string | null;
  date: string | null;
  impliedBy: readonly string[];
  impliedFrom: string | null;
}

/** The line of a flag, by its enabling name. */
export function lineOf(enable: string): FlagLine | undefined {
  return lineAt(FLAG_TABLE.indexOf(`\n${enable} `) + 1);
}

/** The line of a flag, by its disabling name. */
export function lineDisabledBy(disable: string): FlagLine | undefined {
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

/** The enabling names of all flags. */
export function names(): string[] {
  return FLAG_TABLE.trim()
    .split("\n")
    .map((line) => line.slice(0, line.indexOf(" ")));
}
