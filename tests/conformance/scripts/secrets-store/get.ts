// Secrets of a Secrets Store: those that were set, and one that was not.

import type { SecretsStoreSecret } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

interface Env {
  SET: SecretsStoreSecret;
  SAME: SecretsStoreSecret;
  LACK: SecretsStoreSecret;
}

export default script<Env>({
  id: "secrets-store-get",
  compatibilityDate: "2026-11-01",
  config: {
    secrets_store_secrets: [
      { binding: "SET", store_id: "store", secret_name: "set" },
      { binding: "SAME", store_id: "store", secret_name: "set" },
      { binding: "LACK", store_id: "other", secret_name: "set" },
    ],
  },
  secrets: { SET: "a secret é" },
  async run({ env: { SET, SAME, LACK }, call, note }) {
    await call("SET.get", SET, []);
    await call("SAME.get", SAME, []);
    await call("LACK.get", LACK, []);
    await call("SET.get with more than it takes", SET, ["more"]);
    await note("what it is", [String(SET), SET.constructor.name, Object.keys(SET)]);
  },
});
