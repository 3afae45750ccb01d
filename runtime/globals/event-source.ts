// The global EventSource, built at its first use.
// https://developers.cloudflare.com/workers/runtime-apis/eventsource/

import type { Undo } from "../undo.ts";
import { lazyGlobal } from "./install.ts";
import type { GlobalsOptions, Scope } from "./types.ts";

/** Adds `EventSource`, whose pauses between connections wait with the function given, or in real time. */
export function patchEventSource(target: Scope, wait: GlobalsOptions["wait"]): Undo {
  const build = (): unknown => {
    const { buildEventSource } =
      require("./event-source-class.ts") as typeof import("./event-source-class.ts");
    return buildEventSource((...args) => target.fetch(...args), wait);
  };
  return lazyGlobal(target, "EventSource", { build });
}
