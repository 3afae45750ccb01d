// The global EventSource, built at its first use.
// https://developers.cloudflare.com/workers/runtime-apis/eventsource/

import type { Undo } from "../undo.ts";
import { lazyGlobal } from "./install.ts";
import type { Scope } from "./types.ts";

/** Adds `EventSource`. It uses the scope's own `fetch` and timers, as they are when it does. */
export function patchEventSource(target: Scope): Undo {
  const build = (): unknown => {
    const { buildEventSource } =
      require("./event-source-class.ts") as typeof import("./event-source-class.ts");
    return buildEventSource(target);
  };
  return lazyGlobal(target, "EventSource", { build });
}
