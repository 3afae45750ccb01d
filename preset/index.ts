// The public helpers: what `import … from "bunflare"` gives. This module is evaluated anew for each test file, so that
// its helpers belong to the file that imported them, and a leftover of one file cannot reach the world of the next.

import { advanceAlarmsFor } from "./alarms.ts";
import { currentFile, requireFile } from "./current-file.ts";
import { executionContextHelpers } from "./execution-context.ts";
import type { FileScope } from "./file-scope.ts";
import { patchGlobals } from "./globals.ts";
import { getEnvFor } from "./get-env.ts";
import { overrideFor } from "./override.ts";
import { resetFor } from "./reset.ts";
import { adminSecretsStoreFor } from "./secrets-store.ts";
import { stateOfFor } from "./state-of.ts";
import { timeFor } from "./time.ts";
import { workerFor } from "./worker.ts";

patchGlobals();
const own = currentFile();
// Imported by a preload, it has no file of its own: then it serves the one that runs.
const file = (): FileScope => own ?? requireFile();

export const adminSecretsStore = adminSecretsStoreFor(file);
export const advanceAlarms = advanceAlarmsFor(file);
export const getEnv = getEnvFor(file);
export const worker = workerFor(file);
export const { createExecutionContext, waitOnExecutionContext } = executionContextHelpers(file);
export const override = overrideFor(file);
export const reset = resetFor(file);
export const stateOf = stateOfFor(file);
export const { advanceTime, freezeTime, resumeTime, setTime } = timeFor(file);
