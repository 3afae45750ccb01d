// The packages that a project's code may import: what its package.json files depend on, and what those packages depend
// on. They are followed by their manifests, because a folder of packages holds many more.

import { readText } from "../files.ts";
import { paths } from "../paths.ts";
import { differs, type Manifest, mayDiffer } from "./conditions.ts";

const LOCKFILES = ["bun.lock", "package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lockb"];

/** Where package managers keep packages to which they link. */
const STORES = [".bun", ".pnpm", ".store"];

/** What no Worker has in it: tools for Workers, and what is nothing but types. They depend on hundreds of packages. */
const OUTSIDE =
  /^(?:@types\/.*|@cloudflare\/workers-types|bun(?:flare|-types)?|miniflare|typescript|wrangler)$/;

type Table = Readonly<Record<string, unknown>>;

interface FullManifest extends Manifest {
  readonly dependencies?: Table;
  readonly optionalDependencies?: Table;
  readonly peerDependencies?: Table;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly devDependencies?: Table;
  /** Its commands: what has one is a tool. */
  readonly bin?: unknown;
}

/** An installed package. */
export interface Installed {
  readonly name: string;
  /** Where it was found; may be a link. */
  readonly link: string;
  /** A folder from which its name leads to it. */
  readonly parent: string;
  readonly manifest: FullManifest;
  /** Whether Workers use it, not only tests. */
  readonly isForWorkers: boolean;
  /** Whether Bun and wrangler may choose different files of it. */
  readonly differs: boolean;
}

/** A package.json that was read. */
interface Read {
  readonly manifest: FullManifest;
  readonly mayDiffer: boolean;
}

/** The folders with a package.json, from a directory upward to the one with the lockfile. */
export function projectsOf(directory: string): string[] {
  const projects: string[] = [];
  for (let at = directory; ; at = paths.dirname(at)) {
    if (exists(`${at}/package.json`)) projects.push(at);
    const isTop = LOCKFILES.some((name) => exists(`${at}/${name}`));
    if (isTop || at === paths.dirname(at)) return projects;
  }
}

/** Finds packages, and counts what it has read for that. */
export class Packages {
  readonly #found = new Map<string, Installed>();
  readonly #folders = new Map<string, boolean>();
  #read = 0;

  /** The characters that were read. */
  get read(): number {
    return this.#read;
  }

  /** The packages that code of the projects may import: each once, those for Workers first. */
  of(projects: readonly string[]): Installed[] {
    const manifests = projects.map((directory) => ({
      directory,
      manifest: this.#manifest(directory)?.manifest ?? {},
    }));
    for (const { directory, manifest } of manifests) {
      this.#follow(namesIn(manifest), directory, true);
    }
    for (const { directory, manifest } of manifests) {
      this.#follow(Object.keys(manifest.devDependencies ?? {}), directory, false);
    }
    return [...this.#found.values()];
  }

  #follow(names: readonly string[], from: string, isForWorkers: boolean): void {
    const queue = names.map((name) => ({ name, from }));
    for (const { name, from } of queue) {
      if (OUTSIDE.test(name)) continue;
      const parent = this.#parentOf(name, from);
      if (parent === null) continue;
      const link = `${parent}/node_modules/${name}`;
      if (this.#found.has(link)) continue;
      const read = this.#manifest(link);
      if (read === null) continue;
      const { manifest } = read;
      this.#found.set(link, {
        ...{ name, link, parent, manifest, isForWorkers },
        differs: read.mayDiffer && differs(manifest, isForWorkers),
      });
      // What tests use of a tool is its own.
      if (!isForWorkers && manifest.bin !== undefined) continue;
      const next = namesIn(manifest);
      const home = next.length === 0 ? link : this.#homeOf(link, parent);
      queue.push(...next.map((name) => ({ name, from: home })));
    }
  }

  #manifest(folder: string): Read | null {
    const text = readText(`${folder}/package.json`);
    if (text === null) return null;
    this.#read += text.length;
    try {
      return { manifest: JSON.parse(text) as FullManifest, mayDiffer: mayDiffer(text) };
    } catch {
      // Bun says what is wrong with it when it is imported.
      return { manifest: {}, mayDiffer: false };
    }
  }

  /** The folder, from `from` upward, with a package of that name among its `node_modules`. */
  #parentOf(name: string, from: string): string | null {
    for (let at = from; ; at = paths.dirname(at)) {
      if (this.#hasFolder(at) && isFile(`${at}/node_modules/${name}/package.json`)) return at;
      if (at === paths.dirname(at)) return null;
    }
  }

  #hasFolder(directory: string): boolean {
    const known = this.#folders.get(directory);
    if (known !== undefined) return known;
    const found = exists(`${directory}/node_modules`);
    this.#folders.set(directory, found);
    return found;
  }

  // Where its own dependencies are looked for: beside itself, if it lies in a store. Asking Bun for the place is not
  // cheap, so nobody asks without need.
  #homeOf(link: string, parent: string): string {
    const isLink =
      /\/\.(?:bun|pnpm|store)\//.test(parent) ||
      STORES.some((store) => exists(`${parent}/node_modules/${store}`));
    return isLink ? realPath(link) : link;
  }
}

/** The place of a package that may be a link. */
export function realPath(link: string): string {
  return paths.dirname(Bun.resolveSync(`${link}/package.json`, link));
}

/** What a package cannot do without; its optional peers are for others to bring along. */
function namesIn(manifest: FullManifest): string[] {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = manifest;
  const peers = Object.keys(peerDependencies ?? {}).filter(
    (name) => peerDependenciesMeta?.[name]?.optional !== true,
  );
  return [...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {}), ...peers];
}

// Cheaper than opening it: that comes next.
function isFile(path: string): boolean {
  return Bun.file(path).size > 0;
}

// Of what is missing Bun gives a time beyond that of any file.
function exists(path: string): boolean {
  return Bun.file(path).lastModified < 1e15;
}
