// Workers KV: `kv_namespaces` in the configuration, one namespace for each id, shared between workers.
// https://developers.cloudflare.com/kv/api/

import { defineBinding } from "../../binding.ts";
import type { Binding } from "../../binding.ts";
import type { KvNamespace } from "./namespace.ts";
import type { KvQuery, KvState } from "./state.ts";
import type { KvStorage } from "./storage.ts";

export const kv: Binding<null, KvStorage, KvNamespace, KvState, KvQuery> = defineBinding({
  kind: "kv",
  keys: ["kv_namespaces"],
  get tables() {
    return storage().tables;
  },
  parse(config) {
    const { parseKv } = require("./config.ts") as typeof import("./config.ts");
    return parseKv(config);
  },
  open: ({ id, store, clock }) => new (storage().KvStorage)(id, store.data, clock),
  expose(use) {
    const { KvNamespace } = require("./namespace.ts") as typeof import("./namespace.ts");
    return new KvNamespace(use);
  },
  inspect: (resource, query) => state().inspectKv(resource, query),
  isKeyed: true,
  seed: (resource, given) => state().seedKv(resource, given),
  // An absolute time that nearly always comes from a relative one.
  volatile: ["expiration"],
});

// Each part is loaded at its first use: few test files use everything that their configuration declares.

function storage(): typeof import("./storage.ts") {
  return require("./storage.ts");
}

function state(): typeof import("./state.ts") {
  return require("./state.ts");
}
