// State as plain data: what matchers, snapshots and failure messages share.

import type { Plain } from "./binding.ts";
import { BunflareError } from "./errors.ts";
import { Placeholders } from "./placeholders.ts";
import type { World } from "./world.ts";

/** An object's state with what it is, or undefined for an object that no binding exposed. */
export interface Inspected {
  readonly kind: string;
  readonly state: Plain;
}

/** The exact state of one exposed object; `query` narrows it where the binding knows how. */
export function inspect(world: World, exposed: unknown, query?: unknown): Inspected | undefined {
  const found = world.resourceOf(exposed);
  if (found?.binding.inspect === undefined) return undefined;
  return { kind: found.binding.kind, state: found.binding.inspect(found.resource, query) };
}

/**
 * The state of a binding, or of every binding in an env, with placeholders for values that change from run to run, such as
 * `<uuid 1>` and `<time>`: equal UUIDs have equal placeholders.
 *
 * Throws `BunflareError` "usage" for anything else.
 */
export function stateOf(world: World, target: unknown, query?: unknown): Plain {
  const placeholders = new Placeholders(world);
  const one = inspect(world, target, query);
  if (one !== undefined) return placeholders.replace(one.state, volatileKeys(world, target));
  if (typeof target === "object" && target !== null) {
    const states = Object.entries(target).flatMap(([name, member]) => {
      const inspected = inspect(world, member);
      if (inspected === undefined) return [];
      return [[name, placeholders.replace(inspected.state, volatileKeys(world, member))] as const];
    });
    if (states.length > 0 || Object.values(world.primary.env).length === 0) {
      return Object.fromEntries(states.sort(([a], [b]) => (a < b ? -1 : 1)));
    }
  }
  throw new BunflareError("usage", {
    what: "stateOf() was given something that has no state",
    why: "it takes an env or one of its bindings",
  });
}

function volatileKeys(world: World, exposed: unknown): readonly string[] {
  return world.resourceOf(exposed)?.binding.volatile ?? [];
}
