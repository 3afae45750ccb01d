// The global `scheduler`, built at its first use.
// https://developers.cloudflare.com/workers/runtime-apis/scheduler/

import type { Undo } from "../undo.ts";
import { lazyGlobal } from "./install.ts";
import type { GlobalsOptions, Scope } from "./types.ts";

/** Adds `scheduler`, which waits with the function given, or in real time. */
export function patchScheduler(target: Scope, wait: GlobalsOptions["wait"]): Undo {
  const build = (): unknown => {
    const { buildScheduler } =
      require("./scheduler-class.ts") as typeof import("./scheduler-class.ts");
    return buildScheduler(wait);
  };
  return lazyGlobal(target, "scheduler", { build, enumerable: true });
}
