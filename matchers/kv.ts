// Matchers for KV namespaces.

import type { World } from "../runtime/world.ts";
import { type Matcher, matcher, stateForMatcher } from "./define.ts";

interface Entry {
  readonly key: string;
  readonly value: unknown;
}

/** How many keys a failure message names. */
const KEYS_SHOWN = 10;

/**
 * `expect(env.KV).toHaveKey("user:1")`, `expect(env.KV).toHaveKey("user:1", { name: "Ada" })`: the namespace has the key,
 * with this value. A text is compared as it is, anything else with the value read as JSON.
 */
export function toHaveKey(world: () => World): Matcher {
  return matcher("toHaveKey", ({ equals, printExpected, printReceived }, received, args) => {
    const [key, expected] = args;
    if (typeof key !== "string") throw new TypeError("toHaveKey() takes the name of a key.");
    const [entry] = entries(world(), received, { key });
    const hasValue = args.length > 1;
    const value = entry === undefined ? undefined : valueFor(equals, expected, entry.value);
    const wanted = `${printExpected(key)}${hasValue ? ` with the value ${printExpected(expected)}` : ""}`;
    return {
      pass: entry !== undefined && (!hasValue || equals(value, expected)),
      failure: () =>
        `Expected key: ${wanted}\n${
          entry === undefined
            ? keysOf(entries(world(), received, undefined))
            : `Received value: ${printReceived(value)}`
        }`,
      negated: () => `Expected no key: ${wanted}\nReceived value: ${printReceived(value)}`,
    };
  });
}

function entries(world: World, received: unknown, query: unknown): readonly Entry[] {
  return stateForMatcher(world, "toHaveKey", "kv", received, query) as unknown as readonly Entry[];
}

/** The stored value as text where that is what is expected, else as what its JSON says. */
function valueFor(
  equals: (a: unknown, b: unknown) => boolean,
  expected: unknown,
  value: unknown,
): unknown {
  // Asymmetric matchers may mean either form: `expect.stringContaining()`, `expect.objectContaining()`.
  if (typeof value !== "string" || typeof expected === "string" || equals(value, expected)) {
    return value;
  }
  try {
    return JSON.parse(value);
  } catch {
    // No JSON: then it is the text that differs from what was expected.
    return value;
  }
}

function keysOf(all: readonly Entry[]): string {
  if (all.length === 0) return "The namespace is empty.";
  const names = all.slice(0, KEYS_SHOWN).map(({ key }) => JSON.stringify(key));
  const more = all.length > names.length ? `, and ${all.length - names.length} more` : "";
  return `There are the keys ${names.join(", ")}${more}.`;
}
