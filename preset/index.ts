// The public helpers: what `import … from "bunflare"` gives. This module is evaluated anew for each test file, so that
// its helpers belong to the file that imported them, and a leftover of one file cannot reach the world of the next.

import { createHelpers } from "./helpers.ts";

export const {
  adminSecretsStore,
  advanceAlarms,
  advanceTime,
  createExecutionContext,
  freezeTime,
  getEnv,
  override,
  reset,
  resumeTime,
  setTime,
  stateOf,
  waitOnExecutionContext,
  worker,
} = createHelpers();
