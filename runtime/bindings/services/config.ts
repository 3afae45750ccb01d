// The `services` of a wrangler configuration.
// https://developers.cloudflare.com/workers/wrangler/configuration/#service-bindings

import type { Definition } from "../../binding.ts";
import { type Entry, list } from "../../config/read.ts";
import type { WorkerConfig } from "../../config/types.ts";
import type { ConfigError } from "../../errors.ts";

/** One binding to an entrypoint. */
export interface ServiceOptions {
  /** The names that the worker may have, the likeliest first. */
  readonly names: readonly string[];
  /** "default" for the default export. */
  readonly entrypoint: string;
  /** A new copy of what the entrypoint finds in `ctx.props`; undefined for none. */
  props(): unknown;
  /** The error for a worker that is not there; made at the first call, because nobody may ever call it. */
  missing(names: readonly string[]): ConfigError;
}

/** Reads the definitions. */
export function parseServices(config: WorkerConfig): readonly Definition<ServiceOptions>[] {
  return list(config, "services").map((entry) => {
    const name = entry.string("binding");
    const service = entry.string("service");
    const environment = entry.optionalString("environment");
    const props = entry.raw("props");
    return {
      worker: config.name,
      id: JSON.stringify([config.name, name]),
      name,
      options: {
        // An environment of a worker is a worker of its own.
        names: environment === undefined ? [service] : [`${service}-${environment}`, service],
        entrypoint: entry.optionalString("entrypoint") ?? "default",
        props: () => (props === undefined ? undefined : structuredClone(props)),
        missing: (names) => missing({ config, entry, service, name }, names),
      },
    };
  });
}

interface Missing {
  readonly config: WorkerConfig;
  readonly entry: Entry;
  readonly service: string;
  readonly name: string;
}

function missing({ config, entry, service, name }: Missing, names: readonly string[]): ConfigError {
  return config.error("worker_missing", [...entry.path, "service"], {
    what: `the binding "${name}" was used, but there is no worker "${service}"`,
    why: `the workers of this test are ${names.join(", ")}`,
    todo:
      `List its configuration in bunfig.toml: [bunflare] workers = ["../${service}/wrangler.jsonc"]. ` +
      `Or give the test a fake: override({ ${name}: … })`,
  });
}
