// Workers KV: `kv_namespaces` in the configuration, one namespace for each id, shared between workers.
// https://developers.cloudflare.com/kv/api/

import { defineBinding } from "../../binding.ts";
import type { Binding } from "../../binding.ts";
import { parseKv } from "./config.ts";
import { KvNamespace } from "./namespace.ts";
import { inspectKv, seedKv } from "./state.ts";
import type { KvQuery, KvState } from "./state.ts";
import { KvStorage, tables } from "./storage.ts";

export const kv: Binding<null, KvStorage, KvNamespace, KvState, KvQuery> = defineBinding({
  kind: "kv",
  keys: ["kv_namespaces"],
  tables,
  parse: parseKv,
  open: ({ id, store, clock }) => new KvStorage(id, store.data, clock),
  expose: (use) => new KvNamespace(use),
  inspect: inspectKv,
  isKeyed: true,
  seed: seedKv,
  // An absolute time that nearly always comes from a relative one.
  volatile: ["expiration"],
});
