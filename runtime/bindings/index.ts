// The list of bindings. Everything else follows from it: configuration, env, sharing, reset, inspection.

import type { AnyBinding } from "../binding.ts";
import { d1Binding } from "./d1/index.ts";
import { kv } from "./kv/index.ts";
import { unsupported } from "./unsupported.ts";

/** What the options of bunflare decide about bindings. */
export interface BindingSettings {
  /** Whether D1 migrations are applied before the first use of a database. */
  readonly migrations: "automatic" | "manual";
}

/** All bindings, in the order in which snapshots show them. */
export function createBindings(settings: BindingSettings): readonly AnyBinding[] {
  const supported: AnyBinding[] = [kv, d1Binding({ migrations: settings.migrations === "automatic" ? "auto" : "manual" })];
  return [...supported, ...unsupported(supported.flatMap(({ keys }) => keys))];
}
