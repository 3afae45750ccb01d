// Which files of packages stand in for those that Bun chooses.

import type { Redirects } from "../runtime/loading/redirects.ts";

/** The redirects of the project that a directory belongs to. */
export function packageRedirects(_directory: string): Redirects {
  return new Map();
}
