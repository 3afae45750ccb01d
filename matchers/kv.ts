// Matchers for KV namespaces.

import { nearest } from "../runtime/inspect.ts";
import type { World } from "../runtime/world.ts";
import { type Equals, type Matcher, matcher, stateForMatcher, type Tools } from "./define.ts";
import { listed } from "./near.ts";

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
    const [entry] = entriesOf("toHaveKey", world(), received, { key });
    const hasValue = args.length > 1;
    const value = entry === undefined ? undefined : readValue(equals, expected, entry.value);
    const wanted = `${printExpected(key)}${hasValue ? ` with the value ${printExpected(expected)}` : ""}`;
    return {
      pass: entry !== undefined && (!hasValue || equals(value, expected)),
      failure() {
        if (entry !== undefined)
          return `Expected key: ${wanted}\nReceived value: ${printReceived(value)}`;
        const keys = entriesOf("toHaveKey", world(), received, undefined).map((each) => each.key);
        return `Expected key: ${wanted}\n${keysNear(key, keys)}`;
      },
      negated: () => `Expected no key: ${wanted}\nReceived value: ${printReceived(value)}`,
    };
  });
}

/**
 * `expect(env.KV).toHaveKeys(["a", "b"])`: the namespace has these keys and no others, in any order; with
 * `{ prefix: "user:" }` only those are looked at. `expect.arrayContaining(["a"])` allows others.
 */
export function toHaveKeys(world: () => World): Matcher {
  return matcher("toHaveKeys", (tools, received, [expected, options]) => {
    const { prefix } = readOptions(options);
    const entries = entriesOf(
      "toHaveKeys",
      world(),
      received,
      prefix === undefined ? undefined : { prefix },
    );
    const keys = entries.map(({ key }) => key);
    const under = prefix === undefined ? "" : ` that begin with ${JSON.stringify(prefix)}`;
    const wanted = `keys${under}: ${tools.printExpected(expected)}`;
    const actual = `Received keys: ${tools.printReceived(keys)}`;
    if (!Array.isArray(expected)) {
      if (typeof expected !== "object" || expected === null)
        throw new TypeError("toHaveKeys() takes a list of keys.");
      return {
        pass: tools.equals(keys, expected),
        failure: () => `Expected ${wanted}\n${actual}`,
        negated: () => `Expected not the ${wanted}\n${actual}`,
      };
    }
    const { missing, others } = pair(tools, expected, keys);
    return {
      pass: missing.length === 0 && others.length === 0,
      failure: () => `Expected ${wanted}\n${difference(tools, missing, others)}${actual}`,
      negated: () => `Expected not exactly the ${wanted}`,
    };
  });
}

/** The stored value as text where that is what is expected, else as what its JSON says. */
export function readValue(equals: Equals, expected: unknown, value: unknown): unknown {
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

/** "There are the keys …", with the one that was probably meant. */
export function keysNear(key: string, keys: readonly string[]): string {
  if (keys.length === 0) return "The namespace is empty.";
  const near = nearest(key, keys);
  const names = keys.map((each) => JSON.stringify(each));
  const meant = near === undefined ? "" : `; nearest: ${JSON.stringify(near)}`;
  return `There are the keys ${listed(names, KEYS_SHOWN)}${meant}.`;
}

function entriesOf(
  name: string,
  world: World,
  received: unknown,
  query: unknown,
): readonly Entry[] {
  return stateForMatcher(world, name, "kv", received, query) as unknown as readonly Entry[];
}

function readOptions(options: unknown): { prefix?: string } {
  if (options === undefined) return {};
  if (typeof options === "object" && options !== null) {
    const { prefix } = options as { prefix?: unknown };
    if (prefix === undefined) return {};
    if (typeof prefix === "string") return { prefix };
  }
  throw new TypeError("toHaveKeys() takes { prefix } after the keys.");
}

/**
 * Gives each expected key, which may be asymmetric, a key of its own; what is left on either side is the difference. A key
 * that is taken moves on to another one where it can.
 */
function pair(
  { equals }: Tools,
  expected: readonly unknown[],
  keys: readonly string[],
): { missing: unknown[]; others: string[] } {
  const takenBy = new Map<string, number>();
  function take(index: number, tried: Set<string>): boolean {
    for (const key of keys) {
      if (tried.has(key) || !equals(key, expected[index])) continue;
      tried.add(key);
      const holder = takenBy.get(key);
      if (holder !== undefined && !take(holder, tried)) continue;
      takenBy.set(key, index);
      return true;
    }
    return false;
  }
  const missing = expected.filter((_, index) => !take(index, new Set()));
  return { missing, others: keys.filter((key) => !takenBy.has(key)) };
}

function difference(
  { printExpected, printReceived }: Tools,
  missing: readonly unknown[],
  others: readonly string[],
): string {
  const lines: string[] = [];
  for (const key of missing) {
    const near = typeof key === "string" ? nearest(key, others) : undefined;
    lines.push(
      `Missing: ${printExpected(key)}${near === undefined ? "" : `; nearest: ${printReceived(near)}`}`,
    );
  }
  if (others.length > 0)
    lines.push(
      `Not expected: ${listed(
        others.map((key) => printReceived(key)),
        KEYS_SHOWN,
      )}`,
    );
  return lines.map((line) => `${line}\n`).join("");
}
