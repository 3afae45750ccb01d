// Files of packages that stand in for those that Bun chooses (decision 10). They are kept beside the packages, for as long
// as the lockfile stays what it is.

import { readText } from "../runtime/files.ts";
import type { Redirect, Redirects } from "../runtime/loading/redirects.ts";
import { paths } from "../runtime/paths.ts";

const LOCKFILES = ["bun.lock", "package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lockb"];

const hooked = new Set<string>();

/** Installs redirects for what Bun itself imports. */
export function redirectPackages(redirects: Redirects): void {
  const files = [...redirects.keys()].filter((file) => !hooked.has(file));
  if (files.length === 0) return;
  for (const file of files) hooked.add(file);
  const { redirectHook } = require("./redirect-hook.ts") as typeof import("./redirect-hook.ts");
  redirectHook(redirects, files);
}

/** The nearest folder of ours among installed packages, from a directory upward; null when none are installed. */
export function cacheOf(directory: string): string | null {
  for (let at = directory; ; at = paths.dirname(at)) {
    if (exists(`${at}/node_modules`)) return `${at}/node_modules/.cache/bunflare`;
    if (at === paths.dirname(at)) return null;
  }
}

/** The redirects of the project that a directory belongs to. */
export function readRedirects(directory: string): [string, Redirect][] {
  const home = cacheOf(directory);
  if (home === null) return [];
  const { folders, lockfile } = installedIn(directory);
  const files = [lockfile, ...[directory, ...folders].map((folder) => `${folder}/package.json`)];
  const times = files.map((file) => Bun.file(file).lastModified);
  const name = `packages-${hash(directory)}-`;
  const place = `${home}/${name}${hash(`5 ${files.join(" ")} ${times.join(" ")}`)}.json`;
  const kept = readText(place);
  if (kept !== null) return JSON.parse(kept) as [string, Redirect][];
  const { readRedirects } =
    require("../runtime/loading/packages.ts") as typeof import("../runtime/loading/packages.ts");
  const redirects = readRedirects(directory, folders);
  keep({ home, name, place }, JSON.stringify(redirects));
  return redirects;
}

/** Names a file by a text. */
export function hash(text: string): string {
  return Bun.hash.wyhash(text).toString(36);
}

/** The folders with installed packages, from a directory upward to the one with the lockfile. */
function installedIn(directory: string): { folders: string[]; lockfile: string } {
  const folders: string[] = [];
  for (let at = directory; ; at = paths.dirname(at)) {
    if (exists(`${at}/node_modules`)) folders.push(at);
    const lockfile = LOCKFILES.map((name) => `${at}/${name}`).find(exists);
    if (lockfile !== undefined) return { folders, lockfile };
    if (at === paths.dirname(at)) return { folders, lockfile: "" };
  }
}

/** Where the redirects of one project are kept. */
interface Kept {
  readonly home: string;
  /** What the names of its files begin with. */
  readonly name: string;
  readonly place: string;
}

// Replaces what was kept for the project's last installation.
function keep({ home, name, place }: Kept, text: string): void {
  const fs = require("node:fs") as typeof import("node:fs");
  try {
    fs.mkdirSync(home, { recursive: true });
    for (const file of fs.readdirSync(home)) {
      if (file.startsWith(name)) fs.rmSync(`${home}/${file}`);
    }
    fs.writeFileSync(place, text);
  } catch {
    // Packages that cannot be written to are read again by the next process.
  }
}

// Of what is missing Bun gives a time beyond that of any file.
function exists(path: string): boolean {
  return Bun.file(path).lastModified < 1e15;
}
