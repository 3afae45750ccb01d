// The version of the worker that runs: `version_metadata` in the configuration. It is data in env, as JSON variables are.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/version-metadata/

import { defineBinding } from "../binding.ts";
import type { Definition } from "../binding.ts";
import { table } from "../config/read.ts";
import type { WorkerConfig } from "../config/types.ts";

/** What worker code gets. `tag` is empty, as it is for a version without one; the time is that of the first use. */
export interface VersionMetadata {
  id: string;
  tag: string;
  /** ISO 8601. */
  timestamp: string;
}

function parse(config: WorkerConfig): readonly Definition<null>[] {
  const entry = table(config, "version_metadata");
  if (entry === null) return [];
  return [{ worker: config.name, id: config.name, name: entry.string("binding"), options: null }];
}

// Not in the store: a version is what is deployed, and emptying the storage does not change it.
export const versionMetadata = defineBinding<null, VersionMetadata, VersionMetadata>({
  kind: "version-metadata",
  keys: ["version_metadata"],
  parse,
  open: ({ random, clock }) => ({
    id: random.uuid(),
    tag: "",
    timestamp: new Date(clock.now()).toISOString(),
  }),
  expose: (use) => use(),
  inspect: ({ id, tag, timestamp }) => ({ id, tag, timestamp }),
  volatile: ["timestamp"],
});
