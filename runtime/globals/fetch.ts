// The global fetch, built at its first use. https://developers.cloudflare.com/workers/runtime-apis/fetch/

import type { Undo } from "../undo.ts";
import { lazyGlobal } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Scope } from "./types.ts";

/** Replaces `fetch` at its first use. */
export function patchFetch(target: Scope, kits: Kits): Undo {
  const native = kits.natives.fetch;
  const build = (): unknown => {
    const { buildFetch } = require("./fetch-function.ts") as typeof import("./fetch-function.ts");
    return buildFetch(native, kits);
  };
  return lazyGlobal(target, "fetch", { build, native: () => native, enumerable: true });
}
