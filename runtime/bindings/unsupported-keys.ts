// The configuration keys of bindings that are not simulated.

import type { ConfigPath } from "../config/types.ts";

/** A key with the shape of its value and the name of the key that names the binding in `env`. */
export interface UnsupportedKey {
  readonly path: ConfigPath;
  readonly shape: "list" | "table";
  readonly name: string;
  /** Whether an entry names a class of the worker's own main module, unless it has a `script_name`. */
  readonly hasClass?: boolean;
}

const list = (path: ConfigPath, name = "binding"): UnsupportedKey => ({
  path,
  shape: "list",
  name,
});
const table = (path: ConfigPath): UnsupportedKey => ({ path, shape: "table", name: "binding" });

/** A binding that is simulated leaves this list for `index.ts`. */
export const UNSUPPORTED_KEYS: readonly UnsupportedKey[] = [
  { ...list("workflows"), hasClass: true },
  list("r2_buckets"),
  list("queues.producers"),
  list("dispatch_namespaces"),
  list("mtls_certificates"),
  list("vectorize"),
  list("worker_loaders"),
  list("vpc_services"),
  list("vpc_networks"),
  list("ai_search"),
  list("ai_search_namespaces"),
  list("agent_memory"),
  list("artifacts"),
  list("flagship"),
  list("unsafe_hello_world"),
  list("send_email", "name"),
  table("ai"),
  table("images"),
  table("browser"),
  table("stream"),
  table("media"),
  table("assets"),
];
