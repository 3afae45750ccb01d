// Which test file is running in this process.

import { BunflareError } from "../runtime/errors.ts";
import type { FileScope } from "./file-scope.ts";

let current: FileScope | undefined;

/** The test file that runs now; undefined in preloads. */
export function currentFile(): FileScope | undefined {
  return current;
}

/** Makes `file` the running one. */
export function setCurrentFile(file: FileScope): void {
  current = file;
}

/** The test file that runs now. Throws `BunflareError` "usage" in preloads. */
export function requireFile(): FileScope {
  if (current !== undefined) return current;
  throw new BunflareError("usage", {
    what: "there is no test file yet",
    why: "bunflare's helpers were called from a preload",
    todo: "Call them in a test file, a test or a hook",
  });
}
