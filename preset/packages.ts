// Files of packages that stand in for those that Bun chooses (decision 10): the hooks that Bun itself asks. A hook stays
// for the life of the process, and asks what the project of the current test file has.

import type { Redirects } from "../runtime/loading/redirects.ts";

const hooked = new Set<string>();
let current: Redirects = new Map();

/** Makes the redirects those of what Bun imports from now on. */
export function redirectPackages(redirects: Redirects): void {
  current = redirects;
  const files = [...redirects.keys()].filter((file) => !hooked.has(file));
  if (files.length === 0) return;
  for (const file of files) hooked.add(file);
  const { redirectHook } = require("./redirect-hook.ts") as typeof import("./redirect-hook.ts");
  redirectHook(() => current, files);
}
