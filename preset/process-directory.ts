// The temporary directory of this process, opened when the first world is.

import type { ProcessDirectory } from "../runtime/store/directory.ts";

let directory: ProcessDirectory | undefined;

/** Opens it at the first call; `base` is `[bunflare] tmpdir`. */
export function processDirectory(base: string | undefined): ProcessDirectory {
  if (directory === undefined) {
    const { createProcessDirectory } =
      require("../runtime/store/directory.ts") as typeof import("../runtime/store/directory.ts");
    const opened = createProcessDirectory(base);
    // A test may call process.exit(): then this is the only hook that runs.
    process.on("exit", () => opened.remove());
    directory = opened;
  }
  return directory;
}

/** Whether images wait to be written. */
export function hasUnwrittenImages(): boolean {
  return directory?.hasUnwritten === true;
}

/** Writes the images that only memory has. */
export function writeImages(): void {
  directory?.writeImages();
}

/** Removes it, if there is one. */
export function removeProcessDirectory(): void {
  directory?.remove();
  directory = undefined;
}
