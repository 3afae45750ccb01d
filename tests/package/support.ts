// Packs the package as npm would, and makes projects that installed it, in new temporary directories.

import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

const ROOT = dirname(dirname(import.meta.dir));

/** What a command that has ended left. */
export interface Ended {
  readonly exitCode: number | null;
  readonly signalCode: number | string | null;
  /** Everything it wrote, without colours. */
  readonly output: string;
}

/** Runs a command to its end. */
export async function run(
  command: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Ended> {
  const child = Bun.spawn([...command], {
    cwd,
    env: { ...cleanEnv(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  const exitCode = await child.exited;
  return { exitCode, signalCode: child.signalCode, output: Bun.stripANSI(stdout + stderr) };
}

/** The environment without what the outer run of the tests has put into it. */
export function cleanEnv(): Record<string, string | undefined> {
  const { BUN_OPTIONS, BUN_TEST_WORKER_ID, JEST_WORKER_ID, NODE_ENV, ...env } = process.env;
  // Where CI is set, the runner refuses to write snapshots.
  return { ...env, CI: "false", FORCE_COLOR: "0" };
}

/** A packed package, and the projects that installed it. */
export interface Packed {
  /** Absolute. */
  readonly tarball: string;
  /** Copies `projects/<name>` into a new directory and installs the tarball there; gives the directory. */
  install(name: string): Promise<string>;
  /** Removes all directories that it made. */
  [Symbol.dispose](): void;
}

/** Builds and packs the package with `npm pack`. */
export async function pack(): Promise<Packed> {
  const home = mkdtempSync(join(tmpdir(), "bunflare-package-"));
  await must(["npm", "pack", "--silent", "--pack-destination", home], ROOT);
  const [name] = readdirSync(home);
  if (name === undefined) throw new Error("npm pack wrote no tarball");
  const tarball = join(home, name);
  let projects = 0;
  return {
    tarball,
    async install(project) {
      const directory = join(home, `${project}-${++projects}`);
      cpSync(join(import.meta.dir, "projects", project), directory, { recursive: true });
      await must(
        [process.execPath, "add", "--dev", "--prefer-offline", "--linker=hoisted", tarball],
        directory,
      );
      return directory;
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Makes packages of this repository's node_modules visible in a project, instead of downloading them once more. */
export function linkPackages(directory: string, names: readonly string[]): void {
  for (const name of names) {
    const target = join(directory, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    cpSync(join(ROOT, "node_modules", name), target, { recursive: true, dereference: true });
  }
}

/**
 * Every file and folder below a directory, those of installed packages too, files with the time of their last change.
 * Snapshots, which are for the project to keep, are left out.
 */
export function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .map(({ name, parentPath }) => join(parentPath, name))
    .filter((path) => !path.includes("__snapshots__"))
    .map((path) => {
      const found = lstatSync(path);
      // What is put into a folder is listed itself.
      return `${relative(directory, path)} ${found.isDirectory() ? "" : found.mtimeMs}`;
    })
    .sort();
}

/** Runs `bun test` in a project. */
export function runTests(
  directory: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  return run([process.execPath, "test", ...args], directory, env);
}

async function must(command: readonly string[], cwd: string): Promise<void> {
  const ended = await run(command, cwd);
  if (ended.exitCode !== 0) throw new Error(`${command.join(" ")}: ${ended.output}`);
}
