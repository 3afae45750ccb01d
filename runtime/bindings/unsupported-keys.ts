// The configuration keys of bindings that are not simulated. A binding that is simulated leaves this list for `index.ts`.
// Only names: every world looks whether its configuration has one of them, and few have. `unsupported.ts` has the rest.

import type { ConfigPath } from "../config/types.ts";

export const UNSUPPORTED_KEYS: readonly ConfigPath[] = [
  "workflows",
  "r2_buckets",
  "queues.producers",
  "dispatch_namespaces",
  "mtls_certificates",
  "vectorize",
  "worker_loaders",
  "vpc_services",
  "vpc_networks",
  "ai_search",
  "ai_search_namespaces",
  "agent_memory",
  "artifacts",
  "flagship",
  "unsafe_hello_world",
  "send_email",
  "ai",
  "images",
  "browser",
  "stream",
  "media",
  "assets",
];
