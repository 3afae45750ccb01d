// Which test file is running in this process.

import { BunflareError } from "../runtime/errors.ts";
import type { FileScope } from "./file-scope.ts";

let current: FileScope | undefined;
let preloaded = false;

/** Called by the preload. */
export function notePreload(): void {
  preloaded = true;
}

/** The test file that runs now; undefined in preloads. */
export function currentFile(): FileScope | undefined {
  return current;
}

/** Makes `file` the running one. */
export function setCurrentFile(file: FileScope): void {
  current = file;
}

/** The test file that runs now. Throws `BunflareError` "usage" in preloads, and where ours did not run. */
export function requireFile(): FileScope {
  if (current !== undefined) return current;
  if (!preloaded) {
    throw new BunflareError("usage", {
      what: "the preload did not run",
      why: `the bunfig.toml of the working directory, ${process.cwd()}, does not name it`,
      todo: 'Write [test] preload = ["bunflare/preload"] there, or run `bun test` in the folder that has it',
    });
  }
  throw new BunflareError("usage", {
    what: "there is no test file yet",
    why: "bunflare's helpers were called from a preload",
    todo: "Call them in a test file, a test or a hook",
  });
}
