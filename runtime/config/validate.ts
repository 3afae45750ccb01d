// Checks the keys that belong to no binding, and the shape of those that do. What stands inside a
// binding's entry is checked by that binding's `parse`, through read.ts. Unknown keys are
// tolerated, with a warning.

import { checkNames } from "./binding-names.ts";
import type { ConfigWarning, Fail } from "./environments.ts";
import { keysThatAre, type Kind, kindOf } from "./keys.ts";
import { describe, isTable, type Table, TomlDate } from "./parse.ts";
import type { Path } from "./position.ts";

/** Checks one level of the file: the top, or `env.<name>` when `at` is its path. */
export function validateLevel(values: Table, at: Path, fail: Fail): readonly ConfigWarning[] {
  const warnings: ConfigWarning[] = [];
  for (const key in values) {
    const value = values[key];
    const kind = kindOf(key);
    // The frequent kinds come first and without a call: every call of a new function costs a cold
    // start.
    if (kind === "string" && typeof value === "string") continue;
    if (kind === "any" || (kind === "boolean" && typeof value === "boolean")) continue;
    if (kind === undefined) warnings.push(unknownKey(key, at));
    else if (value !== null || !mayBeNull(key)) checkKind(kind, key, value, [...at, key], fail);
  }
  const { route, routes } = values;
  if (routes !== undefined && route !== undefined && route !== null && route !== "") {
    throw fail([...at, "routes"], {
      what: 'cannot stand beside "route"',
      todo: "Keep one of the two",
    });
  }
  return warnings;
}

/** Checks a resolved configuration as a whole. */
export function validateResolved(values: Table, fail: Fail): void {
  checkNames(values, fail);
  const { migrations, exports } = values;
  if (!Array.isArray(migrations) || migrations.length === 0 || !isTable(exports)) return;
  const isDurable = (entry: unknown) => isTable(entry) && entry["type"] === "durable-object";
  if (Object.values(exports).some(isDurable)) {
    throw fail(["migrations"], {
      what: 'cannot stand beside durable objects in "exports"',
      todo: "Declare the classes in one of the two",
    });
  }
}

function checkKind(kind: Kind, key: string, value: unknown, path: Path, fail: Fail): void {
  switch (kind) {
    case "string":
    case "boolean":
      throw wrong(path, kind === "string" ? "a string" : "true or false", value, fail);
    case "name":
      if (typeof value === "string" && /^$|^[a-z0-9_][a-z0-9-_]*$/.test(value)) return;
      throw wrong(path, "lower-case letters, digits and underscores, with dashes", value, fail);
    case "variables":
      return checkVariables(value, path, fail);
    case "tables":
      if (!Array.isArray(value)) throw wrong(path, "a list", value, fail);
      for (let index = 0; index < value.length; index++) {
        if (!isTable(value[index])) throw wrong([...path, index], "an object", value[index], fail);
      }
      return;
    case "table":
      if (!isTable(value)) throw wrong(path, "an object", value, fail);
      return;
    default:
      return checkRest(kind, key, value, path, fail);
  }
}

// Loaded apart: what most configurations do not have.
function checkRest(kind: Kind, key: string, value: unknown, path: Path, fail: Fail): void {
  const { specialCheck } = require("./special-keys.ts") as typeof import("./special-keys.ts");
  specialCheck(kind, key)(value, path, fail);
}

function checkVariables(value: unknown, path: Path, fail: Fail): void {
  if (!isTable(value)) throw wrong(path, "an object", value, fail);
  for (const name in value) {
    const variable = value[name];
    if (!(variable instanceof TomlDate)) continue;
    throw fail([...path, name], {
      what: "must not be a TOML date",
      todo: `Write "${variable.text}"`,
    });
  }
}

function wrong(path: Path, expected: string, value: unknown, fail: Fail): Error {
  return fail(path, { what: `must be ${expected}`, why: `it is ${describe(value)}` });
}

// Wrangler takes null for an absent key in a few places only.
function mayBeNull(key: string): boolean {
  const keys = "triggers exports rules migrations limits build containers tail_consumers";
  return key === "streaming_tail_consumers" || keys.split(" ").includes(key);
}

function unknownKey(key: string, at: Path): ConfigWarning {
  const { nearest } = require("./nearest.ts") as typeof import("./nearest.ts");
  const guess = nearest(key, keysThatAre());
  const hint = guess === undefined ? "" : `, did you mean "${guess}"?`;
  return { path: [...at, key], message: `is not a known key${hint}` };
}
