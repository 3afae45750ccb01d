// The temporary directory of this process, opened when the first world is.

import type { ProcessDirectory } from "../runtime/store/directory.ts";

let directory: ProcessDirectory | undefined;
let runnerArguments: string | null = null;
let isAsked = false;

/** Opens it at the first call; `base` is `[bunflare] tmpdir`. */
export function processDirectory(base: string | undefined): ProcessDirectory {
  if (directory === undefined) {
    const { createProcessDirectory } =
      require("../runtime/store/directory.ts") as typeof import("../runtime/store/directory.ts");
    const opened = createProcessDirectory(base);
    // A test may call process.exit(): then this is the only hook that runs.
    process.on("exit", () => opened.remove());
    directory = opened;
    askForArguments();
  }
  return directory;
}

/** Writes the images that only memory has, unless it is known that memory stays: not under `--isolate`. */
export function writeImages(): void {
  if (mayLoseMemory()) directory?.writeImages();
}

/** Whether memory may go with the test file. */
export function mayLoseMemory(): boolean {
  return runnerArguments === null || /(?:^|[\0 ])--(?:isolate|parallel)/.test(runnerArguments);
}

/**
 * Asks for the arguments of the runner, which it shows to nobody else. Early, because it is only at the end of the file
 * that they must be known, and reading them at once would need `node:fs`.
 */
export function askForArguments(): void {
  if (isAsked || process.platform !== "linux") return;
  isAsked = true;
  const { BUN_OPTIONS = "", BUN_TEST_WORKER_ID } = process.env;
  if (BUN_TEST_WORKER_ID !== undefined) return;
  Bun.file("/proc/self/cmdline")
    .text()
    .then(
      (text) => (runnerArguments = `${text}\0${BUN_OPTIONS}`),
      // Then memory may go.
      () => undefined,
    );
}

/** Removes it, if there is one. */
export function removeProcessDirectory(): void {
  directory?.remove();
  directory = undefined;
}
