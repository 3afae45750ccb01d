// Files that stand in for the ones that Bun chose: Bun resolves packages for itself, wrangler for a Worker (decision 10).
// https://developers.cloudflare.com/workers/wrangler/bundling/#conditional-exports

import { readText } from "../files.ts";
import { commonJsExports, isCommonJs } from "./commonjs.ts";
import type { Loaded } from "./graph.ts";
import { loaderOf } from "./loaders.ts";

/** What wrangler takes, by the file that Bun takes; null where it takes an empty module. */
export type Redirects = ReadonlyMap<string, string | null>;

/** A module without exports. */
export const emptyModule: Loaded = { loader: "object", exports: { default: {} } };

/** A module that gives what another one exports. `specifier` leads to it, `file` is where it is. */
export function reexport(specifier: string, file: string): Loaded {
  const source = readText(file) ?? "";
  const { exports } = new Bun.Transpiler({ loader: loaderOf(file) }).scan(source);
  const from = JSON.stringify(specifier);
  const all = `export * from ${from};`;
  return {
    loader: "js",
    contents: exports.includes("default") ? `${all} export { default } from ${from};` : all,
  };
}

/** The same in the graph of Bun itself, where `require` gives CommonJS as it is. */
export function redirectTo(file: string | null): Loaded {
  if (file === null) return emptyModule;
  if (!isCommonJs(file)) return reexport(file, file);
  return { loader: "object", exports: commonJsExports(require(file)) };
}
