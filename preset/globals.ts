// The globals that change once a test file imports `bunflare` or a `cloudflare:*` module. A file that imports neither
// keeps the platform's own, and pays nothing.

import type { Compatibility } from "../runtime/config/compatibility.ts";
import { context } from "../runtime/context.ts";
import { currentFile } from "./current-file.ts";

let patched = false;

/** Patches them, once for the life of the process. */
export function patchGlobals(): void {
  if (patched) return;
  patched = true;
  const web =
    require("../runtime/globals/index.ts") as typeof import("../runtime/globals/index.ts");
  web.patchGlobals({
    wait(ms, signal) {
      const { wait } =
        require("../runtime/clock/wait.ts") as typeof import("../runtime/clock/wait.ts");
      return wait(ms, signal);
    },
    // In test code what the newest date gives.
    flag: (name) => context.get()?.event?.worker.config.compatibility.has(name) ?? true,
    flags() {
      const compatibility = context.get()?.event?.worker.config.compatibility;
      return (compatibility ?? newestCompatibility()).all();
    },
    snapshot: () => context.snapshot(),
    holdEvent() {
      const event = context.get()?.event;
      event?.hold();
      return () => event?.release();
    },
  });
  const { patchTimers } =
    require("../runtime/clock/timers.ts") as typeof import("../runtime/clock/timers.ts");
  patchTimers(globalThis, () => currentFile()?.timers);
}

function newestCompatibility(): Compatibility {
  const module =
    require("../runtime/config/compatibility.ts") as typeof import("../runtime/config/compatibility.ts");
  return module.createCompatibility({});
}
