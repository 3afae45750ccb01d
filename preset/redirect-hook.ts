// The hook behind `packages.ts`; loaded by projects that have something to redirect.

import type { Loaded } from "../runtime/loading/graph.ts";
import { type Redirects, redirectTo, returning } from "../runtime/loading/redirects.ts";
import { Sources } from "../runtime/loading/sources.ts";

/** Registers it for some of the files that have redirects. */
export function redirectHook(redirects: Redirects, files: readonly string[]): void {
  const sources = new Sources();
  const returns = new Map<string, string>();
  for (const file of files) {
    const target = redirects.get(file);
    if (target?.returns === true && target.file !== null) returns.set(target.file, file);
  }
  const load = (path: string): Loaded => {
    const original = returns.get(path);
    if (original !== undefined) return returning(sources.read(path), original, sources);
    return redirectTo(redirects.get(path)?.file ?? null, sources);
  };
  const all = [...files, ...returns.keys()].map((file) =>
    file.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  );
  Bun.plugin({
    name: "bunflare-packages",
    setup(build) {
      build.onLoad({ filter: new RegExp(`^(?:${all.join("|")})$`) }, ({ path }) => load(path));
    },
  });
}
