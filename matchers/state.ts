// The matcher for the state of a binding or of a whole env.

import { inspect, nearest, statesIn } from "../runtime/inspect.ts";
import type { World } from "../runtime/world.ts";
import { describe, type Matcher, matcher, type Tools } from "./define.ts";
import { keysNear, readValue } from "./kv.ts";
import { listed } from "./near.ts";

/** A place where a state is not what was expected. */
interface Difference {
  readonly path: string;
  readonly lines: readonly string[];
}

/** How many differences a failure message shows. */
const SHOWN = 8;

/**
 * `expect(env).toMatchState({ DB: { users: [{ name: "Ada" }] }, CACHE: { greeting: "hello" } })`: the state has what is
 * expected. Members that are not named do not matter; a list has as many items as are expected, in their order. A KV
 * namespace can be given as its entries, or as values by key.
 */
export function toMatchState(world: () => World): Matcher {
  return matcher("toMatchState", (tools, received, [expected]) => {
    const differences = compareTarget(tools, world(), received, expected);
    return {
      pass: differences.length === 0,
      failure() {
        const shown = differences.slice(0, SHOWN).map(({ path, lines }) => {
          return `${path === "" ? "(the state)" : path}\n${lines.map((line) => `  ${line}`).join("\n")}`;
        });
        if (differences.length > SHOWN)
          shown.push(`… and ${differences.length - SHOWN} more differences`);
        return shown.join("\n\n");
      },
      negated: () => `Expected a state other than: ${tools.printExpected(expected)}`,
    };
  });
}

function compareTarget(
  tools: Tools,
  world: World,
  received: unknown,
  expected: unknown,
): Difference[] {
  const one = inspect(world, received);
  if (one !== undefined) return compareBinding(tools, one.kind, one.state, expected, "");
  if (typeof received !== "object" || received === null || !isPlain(expected))
    throw notAState(received, expected);
  const env = received as Readonly<Record<string, unknown>>;
  const names = Object.keys(env);
  return Object.entries(expected).flatMap(([name, wanted]) => {
    if (!names.includes(name)) return [absent(tools, name, name, names, wanted)];
    const [member] = statesIn(world, { [name]: env[name] });
    if (member === undefined) throw notAState(env[name], wanted);
    return compareBinding(tools, member.kind, member.state, wanted, name);
  });
}

function compareBinding(
  tools: Tools,
  kind: string,
  state: unknown,
  expected: unknown,
  path: string,
): Difference[] {
  if (kind !== "kv" || !Array.isArray(state)) return compare(tools, state, expected, path);
  const entries = state as readonly Record<string, unknown>[];
  if (isPlain(expected)) return compareKeys(tools, entries, expected, path);
  if (!Array.isArray(expected)) return compare(tools, state, expected, path);
  // As toHaveKey() does it: what is no text is compared with what the stored text says.
  const read = entries.map((entry, i) => {
    const wanted: unknown = expected[i];
    if (!isPlain(wanted) || !("value" in wanted)) return entry;
    return { ...entry, value: readValue(tools.equals, wanted["value"], entry["value"]) };
  });
  return compare(tools, read, expected, path);
}

function compareKeys(
  tools: Tools,
  entries: readonly Record<string, unknown>[],
  expected: Readonly<Record<string, unknown>>,
  path: string,
): Difference[] {
  return Object.entries(expected).flatMap(([key, wanted]) => {
    const place = member(path, key);
    const entry = entries.find((each) => each["key"] === key);
    if (entry !== undefined)
      return compare(tools, readValue(tools.equals, wanted, entry["value"]), wanted, place);
    const keys = entries.map((each) => String(each["key"]));
    return [
      { path: place, lines: [`Expected: ${tools.printExpected(wanted)}`, keysNear(key, keys)] },
    ];
  });
}

function compare(tools: Tools, state: unknown, expected: unknown, path: string): Difference[] {
  if (Array.isArray(expected) && Array.isArray(state))
    return compareLists(tools, state, expected, path);
  if (isPlain(expected) && isPlain(state)) {
    const names = Object.keys(state);
    return Object.entries(expected).flatMap(([name, wanted]) => {
      const place = member(path, name);
      if (!Object.hasOwn(state, name)) return [absent(tools, place, name, names, wanted)];
      return compare(tools, state[name], wanted, place);
    });
  }
  if (tools.equals(state, expected)) return [];
  const lines = [
    `Expected: ${tools.printExpected(expected)}`,
    `Received: ${tools.printReceived(state)}`,
  ];
  return [{ path, lines }];
}

function compareLists(
  tools: Tools,
  state: readonly unknown[],
  expected: readonly unknown[],
  path: string,
): Difference[] {
  if (state.length !== expected.length) {
    const items = (count: number): string => (count === 1 ? "1 item" : `${count} items`);
    const lines = [
      `Expected ${items(expected.length)}: ${tools.printExpected(expected)}`,
      `Received ${items(state.length)}: ${tools.printReceived(state)}`,
    ];
    return [{ path, lines }];
  }
  return expected.flatMap((wanted, i) => compare(tools, state[i], wanted, `${path}[${i}]`));
}

function absent(
  tools: Tools,
  path: string,
  name: string,
  names: readonly string[],
  wanted: unknown,
): Difference {
  const near = nearest(name, names);
  const there =
    names.length === 0
      ? "There is nothing."
      : `There are ${listed(names, 10)}${near === undefined ? "" : `; nearest: ${near}`}.`;
  return { path, lines: [`Expected: ${tools.printExpected(wanted)}`, there] };
}

/** "DB.users", "CACHE["user:1"]". */
function member(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

/** Asymmetric matchers are objects of other classes. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function notAState(received: unknown, expected: unknown): TypeError {
  if (typeof received === "object" && received !== null && !isPlain(expected)) {
    return new TypeError(
      `toMatchState() takes an object with a member for each binding, for an env; it was given ${describe(expected)}.`,
    );
  }
  return new TypeError(
    `toMatchState() takes an env or a binding that has a state, and was given ${describe(received)}.`,
  );
}
