// The files that stand in for others, of the packages in which Bun and wrangler choose differently.

import { paths } from "../paths.ts";
import { differences, type Kind } from "./conditions.ts";
import { type Installed, realPath } from "./installed.ts";
import { isCode } from "./loaders.ts";
import { leadsTo, type Redirect } from "./redirects.ts";
import { Sources } from "./sources.ts";

/** The redirects of such packages. */
export function redirectsOf(packages: readonly Installed[]): [file: string, redirect: Redirect][] {
  const sources = new Sources();
  return packages.flatMap((found) =>
    [...differencesOf(found)].flatMap(([file, instead]) => redirect(file, instead, sources)),
  );
}

function differencesOf(found: Installed): Map<string, string | null> {
  const { name, link, parent, manifest, isForWorkers } = found;
  const directory = realPath(link);
  const bunChoice = (specifier: string, kind: Kind): string | undefined =>
    choiceOf(specifier, kind, specifier.startsWith("/") ? directory : parent);
  return differences({ name, directory, manifest, isForWorkers, bunChoice });
}

function redirect(file: string, instead: string | null, sources: Sources): [string, Redirect][] {
  if (instead === null) return [[file, { file: null, returns: false }]];
  if (!exists(instead)) return [];
  if (importsSockets(instead, sources)) return [];
  const source = sources.read(instead);
  const returns = source.specifiers.some((specifier) => leadsTo(specifier, instead, file));
  // Such a module cannot be told apart from the one that it stands in for.
  if (returns && source.isCommonJs) return [];
  return [[file, { file: instead, returns }]];
}

// Drivers of databases have code of their own for Workers, on `cloudflare:sockets`, which is not simulated; the code that
// Bun chooses reaches the database.
function importsSockets(entry: string, sources: Sources): boolean {
  const files = new Set([entry]);
  for (const file of files) {
    for (const specifier of sources.read(file).specifiers) {
      if (specifier === "cloudflare:sockets") return true;
      const next = specifier.startsWith(".")
        ? choiceOf(specifier, "import", paths.dirname(file))
        : undefined;
      if (next !== undefined && isCode(next)) files.add(next);
    }
  }
  return false;
}

function choiceOf(specifier: string, kind: Kind, parent: string): string | undefined {
  try {
    if (kind === "import") return Bun.resolveSync(specifier, parent);
    const { createRequire } = require("node:module") as typeof import("node:module");
    return createRequire(`${parent}/`).resolve(specifier);
  } catch {
    // Not for Bun, so nobody imports it here.
    return undefined;
  }
}

// Of what is missing Bun gives a time beyond that of any file.
function exists(path: string): boolean {
  return Bun.file(path).lastModified < 1e15;
}
