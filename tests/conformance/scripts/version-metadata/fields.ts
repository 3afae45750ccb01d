// The version of the worker, as data in env.

import type { WorkerVersionMetadata } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

export default script<{ VERSION: WorkerVersionMetadata }>({
  id: "version-metadata-fields",
  compatibilityDate: "2026-11-01",
  config: { version_metadata: { binding: "VERSION" } },
  async run({ env, call, note }) {
    const { VERSION } = env;
    await note("the version", VERSION, { volatile: ["id", "timestamp"] });
    await note("the form of its id", VERSION.id.replace(/[0-9a-f]/g, "0"));
    await note("the form of its timestamp", VERSION.timestamp.replace(/[0-9]/g, "0"));
    await note("the same object at each read", VERSION === env.VERSION);
    await note("it can be changed", !Object.isFrozen(VERSION));
    await call("VERSION.hasOwnProperty", VERSION, ["tag"]);
  },
});
