// One script on bunflare: a world of its own, made from the same configuration files that miniflare got, and the same
// request that runs the script on workerd.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireFile } from "../../preset/current-file.ts";
import { importIn, openGraph } from "../../preset/graphs.ts";
import { processDirectory } from "../../preset/process-directory.ts";
import { createBindings } from "../../runtime/bindings/index.ts";
import { Secret } from "../../runtime/bindings/secrets-store.ts";
import { loadWorkerConfig } from "../../runtime/config/load.ts";
import { fetchWorker } from "../../runtime/events/fetch.ts";
import { Owner } from "../../runtime/owner.ts";
import { createThrowawayStore } from "../../runtime/store/throwaway.ts";
import { World } from "../../runtime/world.ts";
import { otherMains } from "./catalog.ts";
import type { Entry } from "./catalog.ts";
import { runPath } from "./script.ts";
import type { ScriptModule } from "./script.ts";
import type { Transcript } from "./transcript.ts";
import { workerName, writeConfig } from "./wrangler-config.ts";

/** Runs a script and gives its transcript. Rejects when an event of it failed and nobody took the error. */
export async function runOnBunflare(entry: Entry, module: ScriptModule): Promise<Transcript> {
  const directory = mkdtempSync(join(tmpdir(), "conformance-"));
  const lateErrors: unknown[] = [];
  const owner = new Owner({ world: () => world, late: (error) => lateErrors.push(error) });
  const world = createWorld(entry, module, directory, owner);
  try {
    await putSecrets(world, module);
    const request = new Request(`http://${workerName}.test${runPath}`);
    const response = await fetchWorker(world.primary, owner, request);
    const transcript = (await response.json()) as Transcript;
    await owner.settle();
    const errors = [...owner.end(), ...lateErrors];
    if (errors.length > 0 && module.script.failures !== true)
      throw new AggregateError(errors, `${entry.id}: events of the script failed`);
    return transcript;
  } finally {
    world.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function putSecrets(world: World, { script }: ScriptModule): Promise<void> {
  for (const [binding, value] of Object.entries(script.secrets ?? {})) {
    const resource = world.resourceOf(world.primary.env[binding])?.resource;
    if (!(resource instanceof Secret)) throw new Error(`${binding} is no secret`);
    await resource.create(value);
  }
}

function createWorld(entry: Entry, module: ScriptModule, directory: string, owner: Owner): World {
  const mains = { [workerName]: entry.file, ...otherMains(entry, module) };
  const { environment = "", processEnv = {} } = module.script;
  const workers = writeConfig(module.script, directory, mains).map(({ configFile }) =>
    // No part of the machine's environment gets into a transcript; "" is the top level of the configuration.
    loadWorkerConfig({ file: configFile, environment, processEnv }),
  );
  const graphOf = (name: string): string => `${entry.id}/${name}`;
  const world: World = new World({
    name: entry.id,
    workers,
    // Neither `wrangler dev` nor miniflare applies D1 migrations by itself.
    bindings: createBindings({ migrations: "manual" }),
    store: createThrowawayStore(() => processDirectory(undefined)),
    seed: entry.id,
    load: ({ name, main }) =>
      name === workers[0]?.name ? import(main ?? "") : importIn(graphOf(name), main ?? ""),
    owner: () => owner,
    // `cloudflare:workers` belongs to the test file, and all worlds here share it.
    rpc: () => requireFile().rpc(),
    onError: (error) => owner.fail(error),
  });
  for (const config of workers.slice(1)) {
    openGraph(graphOf(config.name), config, () => {
      const worker = world.workers.get(config.name);
      if (worker === undefined) throw new Error(`there is no worker "${config.name}"`);
      return worker;
    });
  }
  return world;
}
