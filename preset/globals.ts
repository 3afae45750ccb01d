// The globals that change once a test file imports `bunflare` or a `cloudflare:*` module. A file that imports neither
// keeps the platform's own, and pays nothing.

import { currentFile } from "./current-file.ts";

let patched = false;

/** Patches them, once for the life of the process. */
export function patchGlobals(): void {
  if (patched) return;
  patched = true;
  const { patchTimers } = require("../runtime/clock/timers.ts") as typeof import("../runtime/clock/timers.ts");
  patchTimers(globalThis, () => currentFile()?.timers);
}
