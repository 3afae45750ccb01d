// The Worker under test, called from outside.

import type { FileScope } from "./file-scope.ts";

/** The events that a test can send. */
export interface WorkerHelper {
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
}

/** Makes `worker` for a test file. */
export function workerFor(file: () => FileScope): WorkerHelper {
  return {
    async fetch(input, init) {
      // Loaded here: many files use bindings only.
      const { fetchWorker } =
        require("../runtime/events/fetch.ts") as typeof import("../runtime/events/fetch.ts");
      const { owner } = file();
      const request = new Request(input as string, init);
      // Awaited, so that the stacks of errors lead to the test.
      return await owner.follow(fetchWorker(owner.world().primary, owner, request));
    },
  };
}
