// Two bindings of one id are one namespace; others are apart. A put replaces all of an entry, a delete removes it.

import type { KVNamespace } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

interface Env {
  ONE: KVNamespace;
  SAME: KVNamespace;
  OTHER: KVNamespace;
}

export default script<Env>({
  id: "kv-shared",
  compatibilityDate: "2026-11-01",
  config: {
    kv_namespaces: [
      { binding: "ONE", id: "one" },
      { binding: "SAME", id: "one" },
      { binding: "OTHER", id: "other" },
    ],
  },
  async run({ env: { ONE, SAME, OTHER }, call, note }) {
    await call("ONE.put", ONE, ["key", "first", { metadata: { version: 1 }, expirationTtl: 600 }]);
    await call.with({ counts: false }, "SAME.get", SAME, ["key"]);
    await call.with({ counts: false }, "OTHER.get", OTHER, ["key"]);
    await call.with({ counts: false }, "SAME.put", SAME, ["key", "second"]);
    await call.with({ counts: false }, "ONE.getWithMetadata", ONE, ["key"]);
    await call.with({ counts: false }, "ONE.list", ONE, []);
    await call.with({ counts: false }, "OTHER.list", OTHER, []);
    await call("OTHER.delete of a key that is not there", OTHER, ["key"]);
    await call.with({ counts: false }, "ONE.get", ONE, ["key"]);
    await call.with({ counts: false }, "ONE.delete", ONE, ["key"]);
    await call.with({ counts: false }, "SAME.get after a delete", SAME, ["key"]);
    await call.with({ counts: false }, "SAME.list after a delete", SAME, []);
    await note("the same object at each read", ONE === ONE);
    await note("one object for both bindings", (ONE as unknown) === SAME);
  },
});
