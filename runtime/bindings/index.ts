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
      load: () =>
        (require("./d1/index.ts") as typeof import("./d1/index.ts")).d1Binding(settings),
    },
    {
      keys: UNSUPPORTED_KEYS.map(({ path }) => path),
      load: (): AnyBinding =>
        (require("./unsupported.ts") as typeof import("./unsupported.ts")).unsupported,
    },
  ];
}
