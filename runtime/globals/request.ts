// The global Request, built at its first use. https://developers.cloudflare.com/workers/runtime-apis/request/

import type { Undo } from "../undo.ts";
import { lazyGlobal } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Scope } from "./types.ts";

/** Replaces `Request` at its first use. */
export function patchRequest(target: Scope, kits: Kits): Undo {
  return lazyGlobal(target, "Request", {
    build: () => kits.request(),
    native: () => kits.natives.Request,
  });
}
