// The globals that the preload changes.

import { patchTimers } from "../runtime/clock/timers.ts";
import { currentFile } from "./current-file.ts";

/** Patches them for the life of the process. */
export function patchGlobals(): void {
  patchTimers(globalThis, () => currentFile()?.timers);
}
