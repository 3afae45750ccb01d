// A world for tests of the runtime itself: the real one, from a configuration written into a temporary directory.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBindings } from "../../runtime/bindings/index.ts";
import { loadWorkerConfig } from "../../runtime/config/load.ts";
import { context } from "../../runtime/context.ts";
import { Owner } from "../../runtime/owner.ts";
import { createProcessDirectory } from "../../runtime/store/directory.ts";
import { createThrowawayStore } from "../../runtime/store/throwaway.ts";
import type { MainModule } from "../../runtime/worker/worker.ts";
import { World } from "../../runtime/world.ts";

/** A world that removes its configuration and its store when it is disposed. */
export interface TestWorld extends Disposable {
  readonly world: World;
  readonly errors: unknown[];
  /** Runs code as a test of this world: the test that calls it belongs to another one. */
  run<T>(body: () => T): T;
}

/** Opens a world for one worker; `config` has wrangler's keys, `main` the exports of its main module. */
export function openTestWorld(config: Record<string, unknown>, main: MainModule = {}): TestWorld {
  const directory = mkdtempSync(join(tmpdir(), "bunflare-world-"));
  // It is removed too where the configuration is refused.
  using stack = new DisposableStack();
  stack.defer(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, "wrangler.json");
  const defaults = { name: "test", main: "main.ts", compatibility_date: "2026-11-01" };
  writeFileSync(file, JSON.stringify({ ...defaults, ...config }));
  writeFileSync(join(directory, "main.ts"), "");
  const errors: unknown[] = [];
  const home = createProcessDirectory(directory);
  const owner = new Owner({ world: () => world, late: (error) => errors.push(error) });
  const world: World = new World({
    name: "a.test.ts",
    workers: [loadWorkerConfig({ file, environment: "", processEnv: {} })],
    bindings: createBindings({ migrations: "automatic" }),
    store: createThrowawayStore(() => home),
    seed: "1",
    load: async () => main,
    owner: () => owner,
    onError: (error) => errors.push(error),
  });
  const kept = stack.move();
  return {
    world,
    errors,
    run: (body) => context.run({ owner, event: null }, body),
    [Symbol.dispose]: () => {
      world.close();
      kept.dispose();
    },
  };
}
