// The hook behind `packages.ts`; loaded by projects that have something to redirect.

import type { Loaded } from "../runtime/loading/graph.ts";
import { itself, type Redirects, redirectTo, returning } from "../runtime/loading/redirects.ts";
import { Sources } from "../runtime/loading/sources.ts";

/** Registers it for some of the files that have redirects; `current` gives those that hold when one is loaded. */
export function redirectHook(current: () => Redirects, files: readonly string[]): void {
  const sources = new Sources();
  const returns = new Map<string, string>();
  for (const file of files) {
    const target = current().get(file);
    if (target?.returns === true && target.file !== null) returns.set(target.file, file);
  }
  const load = (path: string): Loaded => {
    const original = returns.get(path);
    if (original !== undefined) {
      if (current().get(original)?.file !== path) return itself(path, sources);
      return returning(sources.read(path), original, sources);
    }
    const redirect = current().get(path);
    return redirect === undefined ? itself(path, sources) : redirectTo(redirect.file, sources);
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
