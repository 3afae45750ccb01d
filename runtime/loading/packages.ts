// The files of a project's packages that a Worker gets instead of those that Bun chooses.

import { Packages, projectsOf } from "./installed.ts";
import type { Redirect } from "./redirects.ts";

/** The redirects of a project. */
export interface ReadRedirects {
  readonly redirects: [file: string, redirect: Redirect][];
  /** How many characters of package.json files were read for them; infinite where Bun was asked for files, too. */
  readonly cost: number;
}

/** Reads the packages of the project that a directory belongs to. */
export function readRedirects(directory: string): ReadRedirects {
  const packages = new Packages();
  const candidates = packages.of(projectsOf(directory)).filter(({ differs }) => differs);
  if (candidates.length === 0) return { redirects: [], cost: packages.read };
  // Loaded here: what looks into packages is four times what looks for them, and most projects have none such.
  const { redirectsOf } =
    require("./package-redirects.ts") as typeof import("./package-redirects.ts");
  return { redirects: redirectsOf(candidates), cost: Infinity };
}
