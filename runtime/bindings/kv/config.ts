// The `kv_namespaces` of a wrangler configuration.
// https://developers.cloudflare.com/workers/wrangler/configuration/#kv-namespaces

import type { Definition } from "../../binding.ts";
import { list } from "../../config/read.ts";
import type { WorkerConfig } from "../../config/types.ts";

/** Reads the definitions. The id is the one that `wrangler dev` stores a local namespace under. */
export function parseKv(config: WorkerConfig): readonly Definition<null>[] {
  return list(config, "kv_namespaces").map((entry) => {
    const name = entry.string("binding");
    const id = entry.optionalString("id");
    return {
      worker: config.name,
      id: entry.optionalString("preview_id") ?? id ?? name,
      name,
      options: null,
    };
  });
}
