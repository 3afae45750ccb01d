// Seeding: rows fit whatever schema there is, the same seed gives the same rows, and what is seeded from a state is that
// state.

import { expect, test } from "bun:test";
import fc from "fast-check";
import { Workbench } from "../../fixtures/workbench.ts";
import type { Plain } from "../../runtime/binding.ts";
import type { Database } from "../../runtime/bindings/d1/database.ts";
import { inspect } from "../../runtime/inspect.ts";
import type { World } from "../../runtime/world.ts";
import { openTestWorld } from "../bindings/world.ts";
import { schemas, type TableCase } from "./seed-schemas.ts";

const parameters = { numRuns: 100 };
const config = {
  kv_namespaces: [{ binding: "KV", id: "kv" }],
  d1_databases: [{ binding: "DB", database_id: "db" }],
};

/** A world with the tables, and what seeds it. */
function open(seed: string, tables: readonly TableCase[] = []) {
  const opened = openTestWorld(config);
  const { world } = opened;
  const { KV, DB } = world.primary.env;
  const { database } = (world.resourceOf(DB)?.resource as Database).engine;
  for (const { sql } of tables) database.exec(sql);
  const workbench = new Workbench(() => ({ seed, world: () => world }));
  return { world, KV, DB, database, workbench, [Symbol.dispose]: () => opened[Symbol.dispose]() };
}

function planOf(tables: readonly TableCase[]): Record<string, number> {
  // Backwards, so that the order is the foreign keys' and not the plan's. Where a table is not named, rows that are needed
  // are made.
  const named = tables.filter(({ count }) => count > 0).toReversed();
  return Object.fromEntries(named.map(({ name, count }) => [name, count]));
}

function restore(world: World, target: unknown, state: Plain): Plain | undefined {
  const found = world.resourceOf(target);
  found?.binding.seed?.(found.resource, state);
  return inspect(world, target)?.state;
}

test("rows fit the schema, and are those that are there", () => {
  fc.assert(
    fc.property(schemas, (tables) => {
      using opened = open("1", tables);
      const { database, workbench, world, DB } = opened;
      const rows = workbench.seed(DB, planOf(tables)) as Record<string, unknown[]>;
      for (const { name, count } of tables) if (count > 0) expect(rows[name]).toHaveLength(count);
      const { state } = inspect(world, DB) as unknown as { state: Record<string, unknown[]> };
      for (const { name, count } of tables) {
        // One more where a child needed one, and nobody asked for any.
        expect(state[name]?.length).toBeLessThanOrEqual(Math.max(count, 1));
        expect(state[name]).toEqual(expect.arrayContaining(rows[name] ?? []));
      }
      // NOT NULL, UNIQUE, CHECK and the types of STRICT tables.
      expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
      expect(database.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
    }),
    parameters,
  );
});

test("the same seed gives the same rows", () => {
  fc.assert(
    fc.property(schemas, fc.string(), (tables, seed) => {
      const run = (): unknown => {
        using opened = open(seed, tables);
        return opened.workbench.seed(opened.DB, planOf(tables));
      };
      expect(run()).toEqual(run());
    }),
    { numRuns: 50 },
  );
});

test("reset() begins anew, and what is seeded meanwhile goes on", () => {
  using opened = open("1");
  const { world, DB, workbench } = opened;
  const create = (): void => {
    const { database } = (world.resourceOf(DB)?.resource as Database).engine;
    database.exec("CREATE TABLE users (email TEXT NOT NULL UNIQUE)");
  };
  create();
  const first = workbench.seed(DB, { users: 3 });
  const second = workbench.seed(DB, { users: 3 });
  expect(second).not.toEqual(first);
  world.reset();
  create();
  expect(workbench.seed(DB, { users: 3 })).toEqual(first);
});

test("a database that is seeded with a state has that state", () => {
  fc.assert(
    fc.property(schemas, (tables) => {
      using opened = open("1", tables);
      opened.workbench.seed(opened.DB, planOf(tables));
      const { state } = inspect(opened.world, opened.DB) as { state: Plain };
      using other = open("2", tables);
      expect(restore(other.world, other.DB, state)).toEqual(state);
    }),
    parameters,
  );
});

const entry = fc.record(
  {
    key: fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
    value: fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 2 }), fc.uint8Array({ maxLength: 8 })),
    metadata: fc.jsonValue({ maxDepth: 1 }).filter((value) => value !== null),
    expiration: fc.integer({ min: 4_000_000_000, max: 5_000_000_000 }),
  },
  { requiredKeys: ["key"] },
);

test("a namespace that is seeded with a state has that state", () => {
  const entries = fc.uniqueArray(entry, { selector: ({ key }) => key, maxLength: 8 });
  fc.assert(
    fc.property(entries, (plan) => {
      using opened = open("1");
      const stored = opened.workbench.seed(opened.KV, plan);
      const { state } = inspect(opened.world, opened.KV) as { state: Plain };
      expect(state).toEqual(expect.arrayContaining(stored as unknown[]));
      using other = open("2");
      expect(restore(other.world, other.KV, state)).toEqual(state);
      expect(other.workbench.seed(other.KV, state)).toEqual(state);
    }),
    parameters,
  );
});
