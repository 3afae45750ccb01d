// Files that stand in for the ones that Bun chose: Bun resolves packages for itself, wrangler for a Worker (decision 10).
// https://developers.cloudflare.com/workers/wrangler/bundling/#conditional-exports

import { commonJsExports } from "./commonjs.ts";
import type { Loaded } from "./graph.ts";
import type { Source, Sources } from "./sources.ts";

/** What wrangler takes, by the file that Bun takes; null where it takes an empty module. */
export type Redirects = ReadonlyMap<string, string | null>;

/** A module without exports. */
export const emptyModule: Loaded = { loader: "object", exports: { default: {} } };

/** A module that gives what another one exports; `specifier` leads to that. */
export function reexport(specifier: string, source: Source, sources: Sources): Loaded {
  const hasDefault = sources.exportsOf(source).includes("default");
  const from = JSON.stringify(specifier);
  const all = `export * from ${from};`;
  return {
    loader: "js",
    contents: hasDefault ? `${all} export { default } from ${from};` : all,
  };
}

/** The same in the graph of Bun itself, where `require` gives CommonJS as it is. */
export function redirectTo(file: string | null, sources: Sources): Loaded {
  if (file === null) return emptyModule;
  const source = sources.read(file);
  if (!source.isCommonJs) return reexport(file, source, sources);
  return { loader: "object", exports: commonJsExports(require(file)) };
}
