// For tests that open one binding without a world.

import type { WorkerLookup } from "../../runtime/worker/lookup.ts";

/** No workers, and nobody who causes anything. */
export const noWorkers: WorkerLookup = {
  get: () => undefined,
  names: [],
  owner() {
    throw new Error("there is no world");
  },
};
