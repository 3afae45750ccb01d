// Where things are in this repository.

import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** The repository, absolute. */
export const ROOT: string = dirname(import.meta.dir);

/** The example Workers, relative to the repository. */
export function workerDirectories(): string[] {
  return readdirSync(join(ROOT, "tests/workers"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `tests/workers/${entry.name}`)
    .sort();
}
