// The temporary directory of a process, for what must be a file: blobs, and images of migrated databases. It is on a
// tmpfs where there is room, and gone when the process is.

import { readBytes } from "../files.ts";
import { BunflareError } from "../errors.ts";
import { imagePath, MEMORY, ownPath, parentsOf, prefix, systemDirectory } from "./places.ts";

/** Less than this free on the memory file system, and the system's temporary directory is used. */
const ROOM_BYTES = 256 * 1024 * 1024;

/** The directory of this process. It does not exist before something is written. */
export interface ProcessDirectory {
  /** Makes a fresh directory for one world. */
  createWorld(): string;
  /** Removes a world's directory with all that is in it. */
  removeWorld(directory: string): void;
  /** The image with this content hash, or null: images outlive their world (decision 11). */
  readImage(hash: string): Uint8Array | null;
  /** Keeps an image, in memory at first. */
  keepImage(hash: string, image: Uint8Array): void;
  /** Writes the images that only memory has: for the next file, when memory does not outlive this one. */
  writeImages(): void;
  /** Removes the whole directory, unless a janitor does so at the end of the process. */
  remove(): void;
}

/**
 * The directory of this process, inside `base` or where it is fastest. The first use of a process also removes what
 * crashed processes left behind and, where no hook of the runner runs at the end (`--bail`, `--isolate`), starts a janitor
 * that waits for the end.
 */
export function createProcessDirectory(base: string | undefined): ProcessDirectory {
  return new Directory(parentsOf(base));
}

class Directory implements ProcessDirectory {
  readonly #parents: readonly string[];
  readonly #images = new Map<string, Uint8Array>();
  readonly #unwritten = new Set<string>();
  #path: string | null = null;
  #janitor = false;

  constructor(parents: readonly string[]) {
    this.#parents = parents;
  }

  createWorld(): string {
    return fs().mkdtempSync(`${this.#create()}/world-`);
  }

  removeWorld(directory: string): void {
    fs().rmSync(directory, { recursive: true, force: true });
  }

  readImage(hash: string): Uint8Array | null {
    const known = this.#images.get(hash);
    if (known !== undefined) return known;
    // An earlier file of this process may have made the directory, where there was room then.
    for (const parent of this.#parents) {
      const image = readBytes(imagePath(ownPath(parent), hash));
      if (image !== null) return image;
    }
    return null;
  }

  keepImage(hash: string, image: Uint8Array): void {
    this.#images.set(hash, image);
    this.#unwritten.add(hash);
  }

  writeImages(): void {
    for (const hash of this.#unwritten) {
      const path = imagePath(this.#create(), hash);
      // Written aside and renamed: a reader never sees half an image.
      fs().writeFileSync(`${path}.new`, this.#images.get(hash) ?? new Uint8Array());
      fs().renameSync(`${path}.new`, path);
    }
    this.#unwritten.clear();
  }

  remove(): void {
    if (this.#path === null || this.#janitor) return;
    fs().rmSync(this.#path, { recursive: true, force: true });
    this.#path = null;
  }

  #create(): string {
    if (this.#path !== null) return this.#path;
    const parent = this.#parents.find(hasRoom) ?? this.#parents.at(-1) ?? systemDirectory();
    const path = ownPath(parent);
    this.#janitor = endsWithoutHook();
    // An earlier file of this process may have made it.
    if (!fs().existsSync(path)) {
      // The janitor first: under `--bail` the process may be killed at any moment.
      if (this.#janitor) startJanitor(path);
      create(path, parent);
      sweep(this.#parents);
    }
    this.#path = path;
    return path;
  }
}

// Loaded at the first file that is written: see `files.ts` for what it costs.
function fs(): typeof import("node:fs") {
  return require("node:fs");
}

function create(path: string, parent: string): void {
  try {
    fs().mkdirSync(path);
  } catch (cause) {
    throw new BunflareError("store_unusable", {
      what: `cannot create a temporary directory in ${parent}`,
      why: (cause as Error).message,
      todo: "Set [bunflare] tmpdir in bunfig.toml to a directory that can be written to",
      cause,
    });
  }
}

function hasRoom(parent: string): boolean {
  if (parent !== MEMORY) return true;
  try {
    const { bavail, bsize } = fs().statfsSync(parent);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    // No such file system here: macOS, or a container without it.
    return false;
  }
}

// What processes left behind that were killed.
function sweep(parents: readonly string[]): void {
  const start = prefix();
  for (const parent of parents) {
    for (const name of namesIn(parent)) {
      if (!name.startsWith(start)) continue;
      const pid = Number(name.slice(start.length));
      if (pid === process.pid || isAlive(pid)) continue;
      fs().rmSync(`${parent}/${name}`, { recursive: true, force: true });
    }
  }
}

function namesIn(directory: string): string[] {
  return fs().existsSync(directory) ? fs().readdirSync(directory) : [];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/**
 * Whether the process can end without the preload's last `afterAll`: under `--bail` no hook runs at all, and under
 * `--isolate` and `--parallel` it runs after each file, with no sign which one is the last.
 */
function endsWithoutHook(): boolean {
  if (process.platform !== "linux" || process.env.BUN_TEST_WORKER_ID !== undefined) return true;
  const flags = `${fs().readFileSync("/proc/self/cmdline", "utf8")}\0${process.env.BUN_OPTIONS ?? ""}`;
  return /(^|[\0 ])--(bail|isolate|parallel)/.test(flags);
}

function startJanitor(path: string): void {
  // In the background of a shell that is waited for, which takes a millisecond: Bun kills the processes that a test file
  // has started when a test of it times out and, under --isolate, when it ends. POSIX shells let their background
  // processes ignore Ctrl-C.
  const wait = '(while kill -0 "$0" 2>/dev/null; do sleep 0.1; done; rm -rf -- "$1") &';
  Bun.spawnSync(["/bin/sh", "-c", wait, String(process.pid), path], {
    stdio: ["ignore", "ignore", "ignore"],
  });
}
