// How a matcher is made: from an exposed object to its state, and from the state to a verdict with a message. Matchers
// are synchronous (decision 4): Bun blocks on asynchronous ones.

import type { Plain } from "../runtime/binding.ts";
import { inspect } from "../runtime/inspect.ts";
import type { World } from "../runtime/world.ts";

/** The parts of the runner's `this` that matchers use. */
interface RunnerContext {
  readonly isNot: boolean;
  equals(a: unknown, b: unknown): boolean;
  readonly utils: {
    printExpected(value: unknown): string;
    printReceived(value: unknown): string;
  };
}

/** The runner's equality; asymmetric matchers count. */
export type Equals = (a: unknown, b: unknown) => boolean;

/** What a matcher judges with: the runner's functions, freed of their receiver, which is native and checked. */
export interface Tools {
  readonly equals: Equals;
  readonly printExpected: (value: unknown) => string;
  readonly printReceived: (value: unknown) => string;
}

/** A verdict, with both messages: `failure` when it should have passed, `negated` when `.not` should have. */
export interface Verdict {
  readonly pass: boolean;
  failure(): string;
  negated(): string;
}

/** What the runner takes. */
export type Matcher = (
  this: RunnerContext,
  received: unknown,
  ...args: unknown[]
) => { pass: boolean; message: () => string };

/** Makes the runner's form of a matcher. */
export function matcher(
  name: string,
  judge: (tools: Tools, received: unknown, args: unknown[]) => Verdict,
): Matcher {
  return function (received, ...args) {
    const { isNot, utils } = this;
    const tools: Tools = {
      equals: (a, b) => this.equals(a, b),
      printExpected: (value) => utils.printExpected(value),
      printReceived: (value) => utils.printReceived(value),
    };
    const verdict = judge(tools, received, args);
    const head = `expect(received).${isNot ? "not." : ""}${name}(expected)`;
    return {
      pass: verdict.pass,
      message: () => `${head}\n\n${verdict.pass ? verdict.negated() : verdict.failure()}`,
    };
  };
}

/**
 * The state of a binding of one kind, narrowed by `query`.
 *
 * Throws a TypeError that says what the matcher takes, for anything else.
 */
export function stateForMatcher(
  world: World,
  name: string,
  kind: string,
  received: unknown,
  query: unknown,
): Plain {
  const inspected = inspect(world, received, query);
  if (inspected?.kind === kind) return inspected.state;
  const got =
    inspected === undefined ? describe(received) : `the binding of another kind, ${inspected.kind}`;
  throw new TypeError(`${name}() takes a binding of the kind ${kind}, and was given ${got}.`);
}

/** What a matcher was given, for the error that refuses it. */
export function describe(value: unknown): string {
  if (value === null || typeof value !== "object") return String(value);
  return `an object of class ${value.constructor?.name ?? "Object"}`;
}
