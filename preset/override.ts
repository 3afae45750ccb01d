// `override({ … })`: other values for members of env, for one test, one hook's range or the rest of the file. Env itself is
// changed, so code that captured it sees them too; which value counts is decided at each read, by who reads.

import { BunflareError } from "../runtime/errors.ts";
import type { Env } from "../runtime/env.ts";
import type { Owner } from "../runtime/owner.ts";
import type { FileScope } from "./file-scope.ts";

/** The overrides of a test file, by the level of the owner that made them. */
export class Overrides {
  readonly #tests = new WeakMap<Owner, Map<string, unknown>>();
  readonly #levels = { each: new Map<string, unknown>(), file: new Map<string, unknown>() };
  readonly #names = new Set<string>();

  /** Replaces a member of `env` for `owner`. */
  set(env: Env, owner: Owner, name: string, value: unknown, reader: () => Owner): void {
    if (!this.#names.has(name)) this.#install(env, name, reader);
    this.#of(owner).set(name, value);
  }

  /** Forgets what a `beforeEach` replaced: its test has ended. */
  endEach(): void {
    this.#levels.each.clear();
  }

  #of(owner: Owner): Map<string, unknown> {
    if (owner.level !== "test") return this.#levels[owner.level];
    const known = this.#tests.get(owner) ?? new Map<string, unknown>();
    this.#tests.set(owner, known);
    return known;
  }

  #install(env: Env, name: string, reader: () => Owner): void {
    this.#names.add(name);
    // Read first: a binding that was not open yet turns itself into a data property then.
    let original = env[name];
    Object.defineProperty(env, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const owner = reader();
        const own = owner.hasEnded ? undefined : this.#tests.get(owner);
        for (const values of [own, this.#levels.each, this.#levels.file]) {
          if (values?.has(name) === true) return values.get(name);
        }
        return original;
      },
      set: (value: unknown) => {
        original = value;
      },
    });
  }
}

/** Replaces members of env for the test, hook or file that calls. */
export function override(scope: FileScope, members: Readonly<Record<string, unknown>>): void {
  const { env } = scope.world().primary;
  for (const [name, value] of Object.entries(members)) {
    if (!(name in env)) throw unknownMember(name, env);
    scope.overrides().set(env, scope.owner, name, value, () => scope.owner);
  }
}

function unknownMember(name: string, env: Env): BunflareError {
  const names = Object.keys(env).sort().join(", ");
  return new BunflareError("usage", {
    what: `override() was given "${name}"`,
    why: names === "" ? "env has no members" : `env has ${names}`,
    todo: "Declare the binding in the wrangler configuration, or correct the name",
  });
}
