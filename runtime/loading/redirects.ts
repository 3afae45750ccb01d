// Files that stand in for the ones that Bun chose: Bun resolves packages for itself, wrangler for a Worker (decision 10).
// https://developers.cloudflare.com/workers/wrangler/bundling/#conditional-exports

import { commonJsExports } from "./commonjs.ts";
import type { Loaded } from "./graph.ts";
import { paths } from "../paths.ts";
import type { Source, Sources } from "./sources.ts";
import { changeSpecifiers } from "./specifiers.ts";

/** What a Worker gets instead of a file. */
export interface Redirect {
  /** Null for an empty module. */
  readonly file: string | null;
  /** Whether it imports the file that it stands in for: then it must get that itself. */
  readonly returns: boolean;
}

/** The redirects by the file that Bun chooses. */
export type Redirects = ReadonlyMap<string, Redirect>;

/** The parameter in a query that leads past redirects. */
export const past = "original";

/** A module without exports. */
export const emptyModule: Loaded = {
  loader: "object",
  exports: { default: {}, "module.exports": {} },
};

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

/** A module as it is: for a project that has no redirect for it, where another one of the process has. */
export function itself(file: string, sources: Sources): Loaded {
  const { isCommonJs, text, loader } = sources.read(file);
  if (!isCommonJs) return { loader, contents: text };
  return { loader: "object", exports: commonJsExports(require(`${file}?${past}`)) };
}

/** Whether a specifier in `importer` leads to `file`. Only relative ones are asked for: a package knows its own files. */
export function leadsTo(specifier: string, importer: string, file: string): boolean {
  if (!specifier.startsWith(".")) return false;
  try {
    return Bun.resolveSync(specifier, paths.dirname(importer)) === file;
  } catch {
    // The import itself says that there is nothing.
    return false;
  }
}

/** The code of a module that stands in for `file` and imports it. */
export function returning(source: Source, file: string, sources: Sources): Loaded {
  const contents = changeSpecifiers(source, sources, (specifier) =>
    leadsTo(specifier, source.file, file) ? `${specifier}?${past}` : null,
  );
  return { loader: source.loader, contents };
}
