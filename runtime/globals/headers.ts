// The global Headers, built at its first use. https://developers.cloudflare.com/workers/runtime-apis/headers/

import type { Undo } from "../undo.ts";
import { lazyGlobal } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Scope } from "./types.ts";

/** Replaces `Headers` at its first use. */
export function patchHeaders(target: Scope, kits: Kits): Undo {
  return lazyGlobal(target, "Headers", {
    build: () => kits.headers(),
    native: () => kits.natives.Headers,
  });
}
