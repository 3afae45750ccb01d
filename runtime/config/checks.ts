// Small checks of configuration values that are put together into larger ones.

import type { Fail } from "./environments.ts";
import { describe, isTable, type Table } from "./parse.ts";
import type { Path } from "./position.ts";

/** Throws what `fail` makes when a value is not as it must be. */
export type Check = (value: unknown, path: Path, fail: Fail) => void;

export function must(expected: string, is: (value: unknown) => boolean): Check {
  return (value, path, fail) => {
    if (is(value)) return;
    throw fail(path, { what: `must be ${expected}`, why: `it is ${describe(value)}` });
  };
}

export const string: Check = must("a string", (value) => typeof value === "string");
export const boolean: Check = must("true or false", (value) => typeof value === "boolean");
export const number: Check = must("a number", (value) => typeof value === "number");
export const table: Check = must("an object", isTable);
export const array: Check = must("a list", Array.isArray);

export function oneOf(...choices: string[]): Check {
  const shown = choices.map((choice) => JSON.stringify(choice)).join(", ");
  return must(`one of ${shown}`, (value) => (choices as unknown[]).includes(value));
}

/** A list whose items all pass. */
export function each(check: Check): Check {
  return (value, path, fail) => {
    array(value, path, fail);
    (value as unknown[]).forEach((item, index) => check(item, [...path, index], fail));
  };
}

/** A table whose values all pass. */
export function everyValue(check: Check): Check {
  return (value, path, fail) => {
    table(value, path, fail);
    for (const [key, inner] of Object.entries(value as Table)) check(inner, [...path, key], fail);
  };
}

/** A table whose named keys pass; "key!" must be there. Other keys are tolerated. */
export function shape(keys: Readonly<Record<string, Check>>): Check {
  return (value, path, fail) => {
    table(value, path, fail);
    const values = value as Table;
    for (const [name, check] of Object.entries(keys)) {
      const key = name.replace(/!$/, "");
      if (values[key] !== undefined) check(values[key], [...path, key], fail);
      else if (key !== name) throw fail([...path, key], { what: "is missing" });
    }
  };
}

/** A key that wrangler has given up. */
export function removed(todo: string): Check {
  return (_, path, fail) => {
    throw fail(path, { what: "is no longer supported", todo });
  };
}
