// What must hold for every binding: its own test gives a configuration and steps that use it.

import { describe, expect, test } from "bun:test";
import { inspect } from "../../runtime/inspect.ts";
import type { Env } from "../../runtime/env.ts";
import type { MainModule } from "../../runtime/worker/worker.ts";
import { openTestWorld } from "./world.ts";

/** How a binding is exercised. */
export interface Exercise {
  readonly kind: string;
  /** wrangler's keys; the binding's name in env is `name`. */
  readonly config: Record<string, unknown>;
  readonly name: string;
  /** The exports of the worker's main module. */
  readonly main?: MainModule;
  /** Uses the binding; each gives something that can be compared. */
  readonly steps: readonly ((env: Env) => unknown)[];
  /** Calls every method of the exposed object, with arguments that are right. */
  readonly calls: Readonly<Record<string, (env: Env) => unknown>>;
}

/** Registers the contract's tests for one binding. */
export function testBinding(exercise: Exercise): void {
  const { config, name, main, steps, calls, kind } = exercise;

  describe(kind, () => {
    test("closing and opening the resource between every two steps is invisible", async () => {
      const run = async (between: (close: () => void) => void): Promise<unknown[]> => {
        using opened = openTestWorld(config, main);
        const { world } = opened;
        const seen: unknown[] = [];
        for (const step of steps) {
          seen.push(await opened.run(() => step(world.primary.env)));
          between(() => world.closeResources());
        }
        return [...seen, inspect(world, world.primary.env[name])];
      };
      const straight = await run(() => {});
      expect(straight.length).toBeGreaterThan(1);
      expect(await run((close) => close())).toEqual(straight);
    });

    test("inspect() changes nothing, and is plain data", async () => {
      using opened = openTestWorld(config, main);
      const { world } = opened;
      for (const step of steps) await opened.run(() => step(world.primary.env));
      const first = inspect(world, world.primary.env[name]);
      expect(inspect(world, world.primary.env[name])).toEqual(first as never);
      expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    });

    test("every method throws once the world is closed", async () => {
      const opened = openTestWorld(config, main);
      const { env } = opened.world.primary;
      const api = env[name] as object;
      expect(Object.keys(calls).sort()).toEqual(methodsOf(api));
      opened[Symbol.dispose]();
      for (const [method, call] of Object.entries(calls)) {
        const outcome = await outcomeOf(() => call(env));
        expect({ method, outcome }).toEqual({
          method,
          outcome: expect.stringContaining("the store of a.test.ts is closed"),
        });
      }
    });

    test("reset() empties it, and what was exposed before stays valid", async () => {
      using opened = openTestWorld(config, main);
      const { world } = opened;
      const api = world.primary.env[name];
      const empty = inspect(world, api);
      for (const step of steps) await opened.run(() => step(world.primary.env));
      expect(inspect(world, api)).not.toEqual(empty as never);
      world.reset();
      expect(inspect(world, api)).toEqual(empty as never);
      expect(world.primary.env[name]).toBe(api);
      for (const step of steps) await opened.run(() => step(world.primary.env));
    });
  });
}

function methodsOf(api: object): string[] {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(api));
  return names.filter((key) => key !== "constructor").sort();
}

async function outcomeOf(call: () => unknown): Promise<string> {
  try {
    await call();
    return "no error";
  } catch (error) {
    return String(error);
  }
}
