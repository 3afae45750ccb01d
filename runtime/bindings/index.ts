// The list of bindings. Everything else follows from it: configuration, env, sharing, reset, inspection. A binding is
// loaded when a configuration has one of its keys.

import type { AnyBinding, BindingEntry } from "../binding.ts";
import { UNSUPPORTED_KEYS } from "./unsupported-keys.ts";

/** What the options of bunflare decide about bindings. */
export interface BindingSettings {
  /** Whether D1 migrations are applied before the first use of a database. */
  readonly migrations: "automatic" | "manual";
}

/** All bindings. */
export function createBindings(settings: BindingSettings): readonly BindingEntry[] {
  return [
    {
      keys: ["kv_namespaces"],
      load: () => (require("./kv/index.ts") as typeof import("./kv/index.ts")).kv,
    },
    {
      keys: ["d1_databases"],
      load: () => (require("./d1/index.ts") as typeof import("./d1/index.ts")).d1Binding(settings),
    },
    {
      keys: ["durable_objects.bindings"],
      load: () =>
        (require("./durable-objects/index.ts") as typeof import("./durable-objects/index.ts"))
          .durableObjects,
    },
    {
      keys: ["services"],
      load: () => (require("./services/index.ts") as typeof import("./services/index.ts")).services,
    },
    {
      keys: ["ratelimits"],
      load: () => (require("./rate-limit.ts") as typeof import("./rate-limit.ts")).rateLimit,
    },
    {
      keys: ["analytics_engine_datasets"],
      load: () =>
        (require("./analytics-engine.ts") as typeof import("./analytics-engine.ts"))
          .analyticsEngine,
    },
    {
      keys: ["version_metadata"],
      load: () =>
        (require("./version-metadata.ts") as typeof import("./version-metadata.ts"))
          .versionMetadata,
    },
    {
      keys: ["secrets_store_secrets"],
      load: () =>
        (require("./secrets-store.ts") as typeof import("./secrets-store.ts")).secretsStore,
    },
    {
      keys: ["hyperdrive"],
      load: () => (require("./hyperdrive.ts") as typeof import("./hyperdrive.ts")).hyperdrive,
    },
    {
      keys: ["pipelines"],
      load: () => (require("./pipelines.ts") as typeof import("./pipelines.ts")).pipelines,
    },
    {
      keys: UNSUPPORTED_KEYS,
      load: (): AnyBinding =>
        (require("./unsupported.ts") as typeof import("./unsupported.ts")).unsupported,
    },
  ];
}
