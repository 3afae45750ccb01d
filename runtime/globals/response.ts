// The global Response, built at its first use. https://developers.cloudflare.com/workers/runtime-apis/response/

import type { Undo } from "../undo.ts";
import { lazyGlobal } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Scope } from "./types.ts";

/** Replaces `Response` at its first use. */
export function patchResponse(target: Scope, kits: Kits): Undo {
  return lazyGlobal(target, "Response", {
    build: () => kits.response().Response,
    native: () => kits.natives.Response,
  });
}
