// The packages that a project has installed, and the files of theirs that a Worker gets instead of those that Bun chooses.

import { listFiles, readText } from "../files.ts";
import { paths } from "../paths.ts";
import { differences, type Kind, type Manifest, mayDiffer } from "./conditions.ts";
import { isCode } from "./loaders.ts";
import { leadsTo, type Redirect } from "./redirects.ts";
import { Sources } from "./sources.ts";

const LAYOUTS = [
  "*/package.json",
  "@*/*/package.json",
  // What the isolated linkers of Bun and pnpm link to.
  ".{bun,pnpm}/*/node_modules/*/package.json",
  ".{bun,pnpm}/*/node_modules/@*/*/package.json",
];

interface Found extends Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Reads the packages that are installed in the folders, for a project in the first of them or below. */
export function readRedirects(directory: string, folders: readonly string[]): [string, Redirect][] {
  const projects = [directory, ...folders].map((folder) => manifestIn(folder));
  const packages = folders.flatMap((folder) => packagesIn(folder));
  const byName = new Map(packages.map(({ name, manifest }) => [name, manifest] as const));
  const own = closure(projects.flatMap(dependenciesOf), byName);
  const forTests = closure(
    projects.flatMap(({ devDependencies = {} }) => Object.keys(devDependencies)),
    byName,
  );
  const sources = new Sources();
  return packages.flatMap(({ name, directory: at, parent, manifest, differs }) => {
    if (!differs || name === "bunflare") return [];
    const isForWorkers = own.has(name) || !forTests.has(name);
    const bunChoice = (specifier: string, kind: Kind): string | undefined =>
      choiceOf(specifier, kind, specifier.startsWith("/") ? at : parent);
    const found = differences({ name, directory: at, manifest, isForWorkers, bunChoice });
    return [...found].flatMap(([file, instead]) => redirect(file, instead, sources));
  });
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

interface Installed {
  readonly name: string;
  readonly directory: string;
  /** A folder from which its name leads to it. */
  readonly parent: string;
  readonly manifest: Found;
  readonly differs: boolean;
}

function packagesIn(folder: string): Installed[] {
  const { realpathSync } = require("node:fs") as typeof import("node:fs");
  const home = `${folder}/node_modules`;
  const files = LAYOUTS.flatMap((layout) => listFiles(home, layout));
  return files.flatMap((file) => {
    const link = paths.dirname(`${home}/${file}`);
    const text = readText(`${link}/package.json`);
    if (text === null) return [];
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(link)?.[1] ?? "";
    const parent = link.slice(0, -name.length - "/node_modules/".length);
    const manifest = parse(text);
    return [
      { name, directory: realpathSync(link), parent, manifest, differs: mayDiffer(manifest) },
    ];
  });
}

function manifestIn(folder: string): Found {
  return parse(readText(`${folder}/package.json`) ?? "{}");
}

function parse(text: string): Found {
  try {
    return JSON.parse(text) as Found;
  } catch {
    // Bun says what is wrong with it when it is imported.
    return {};
  }
}

function dependenciesOf(manifest: Found): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  return [dependencies, optionalDependencies, peerDependencies].flatMap((table) =>
    Object.keys(table ?? {}),
  );
}

function closure(names: readonly string[], byName: ReadonlyMap<string, Found>): Set<string> {
  const reached = new Set(names);
  for (const name of reached) {
    const manifest = byName.get(name);
    if (manifest === undefined) continue;
    for (const next of dependenciesOf(manifest)) reached.add(next);
  }
  return reached;
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
