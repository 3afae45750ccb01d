// Checks the compatibility date and flags of a configuration that is read.

import { lineDisabledBy, lineOf, names } from "./compatibility.ts";
import { LATEST_DATE } from "./compatibility-flags.ts";
import type { ConfigWarning, Fail } from "./environments.ts";
import { describe, type Table, TomlDate } from "./parse.ts";

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
