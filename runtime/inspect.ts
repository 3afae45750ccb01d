// State as plain data: what matchers, snapshots and failure messages share.

import type { Plain } from "./binding.ts";
import { BunflareError } from "./errors.ts";
import { Placeholders, type StateInfo } from "./placeholders.ts";
import type { World } from "./world.ts";

// For messages of matchers, which see nothing else of runtime/.
export { nearest } from "./config/nearest.ts";

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
 * `<uuid 1>` and `<time>`: equal UUIDs have equal placeholders. The query of an env has one for each binding that is
 * wanted, or `true`.
 *
 * Throws `BunflareError` "usage" for anything else.
 */
export function stateOf(world: World, target: unknown, query?: unknown): Plain {
  const placeholders = new Placeholders(world);
  const one = inspect(world, target, query);
  if (one !== undefined) return placeholders.replace(one.state, infoOf(world, target));
  if (typeof target === "object" && target !== null) {
    const states = statesIn(world, target, query);
    // An env may well have no bindings.
    if (states.length > 0 || Object.keys(target).every((name) => name in world.primary.env)) {
      const shown = states.map(({ name, member, state }) => {
        return [name, placeholders.replace(state, infoOf(world, member))] as const;
      });
      return Object.fromEntries(shown);
    }
  }
  throw new BunflareError("usage", {
    what: "stateOf() was given something that has no state",
    why: "it takes an env or one of its bindings",
  });
}

/** The state of a binding of an env, by name. */
export interface Member {
  readonly name: string;
  readonly member: unknown;
  readonly kind: string;
  readonly state: Plain;
}

/** The exact states of the bindings in an env that have one, sorted by name; none for anything else. */
export function statesIn(world: World, env: object, query?: unknown): Member[] {
  const members = env as Readonly<Record<string, unknown>>;
  const names = Object.keys(members).sort();
  const wanted = query === undefined ? null : readQuery(query, names);
  return names.flatMap((name) => {
    if (wanted !== null && wanted[name] === undefined) return [];
    const own = wanted?.[name];
    const member = members[name];
    const inspected = inspect(world, member, own === true ? undefined : own);
    if (inspected !== undefined) return [{ name, member, ...inspected }];
    if (wanted === null) return [];
    throw new BunflareError("usage", {
      what: `the query of an env names "${name}"`,
      why: "that has no state",
    });
  });
}

function readQuery(query: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof query !== "object" || query === null) {
    throw new BunflareError("usage", {
      what: `the query of an env is ${String(query)}`,
      why: "it is an object with the query of each binding that is wanted, or true",
    });
  }
  for (const name of Object.keys(query)) {
    if (names.includes(name)) continue;
    throw new BunflareError("usage", {
      what: `the query of an env names "${name}"`,
      why: `it has ${names.join(", ")}`,
    });
  }
  return query as Record<string, unknown>;
}

function infoOf(world: World, exposed: unknown): StateInfo {
  return world.resourceOf(exposed)?.binding ?? {};
}
