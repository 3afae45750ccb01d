// Where throwaway stores live: one directory for each process, with one inside it for each world. It is on a tmpfs where
// there is room (opening a database there costs a tenth of that on disk), and gone when the process is.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BunflareError } from "../errors.ts";

/** Less than this free on the memory file system, and the system's temporary directory is used. */
const ROOM_BYTES = 256 * 1024 * 1024;

/** The directory of this process; `world()` makes one for a world in it. */
export interface ProcessDirectory {
  /** Absolute; it exists. */
  readonly path: string;
  /** Makes a fresh directory for one world. */
  world(): string;
  /** Content-addressed files that outlive a world (decision 11): the path for a hash. */
  image(hash: string): string;
  /** Removes the whole directory, unless a janitor does so at the end of the process. */
  remove(): void;
}

/**
 * Opens the directory of this process. The first call of a process also removes what crashed processes left behind and,
 * where no hook of the runner runs at the end (`--bail`, `--isolate`), starts a janitor that waits for the end.
 */
export function openProcessDirectory(base: string | undefined): ProcessDirectory {
  const parent = base ?? defaultBase();
  const path = join(parent, `${prefix()}${process.pid}`);
  const fresh = create(path, parent);
  const janitor = endsWithoutHook();
  if (fresh) {
    sweep(parent);
    if (janitor) startJanitor(path);
  }
  return {
    path,
    world: () => mkdtempSync(join(path, "world-")),
    image: (hash) => {
      const directory = join(path, "images");
      if (!existsSync(directory)) mkdirSync(directory, { recursive: true });
      return join(directory, hash);
    },
    remove: () => {
      if (!janitor) rmSync(path, { recursive: true, force: true });
    },
  };
}

function create(path: string, parent: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "EEXIST") return false;
    throw new BunflareError("store_unusable", {
      what: `cannot create a temporary directory in ${parent}`,
      why: (cause as Error).message,
      todo: 'Set [bunflare] tmpdir in bunfig.toml to a directory that can be written to',
      cause,
    });
  }
}

function defaultBase(): string {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    if (bavail * bsize >= ROOM_BYTES) return "/dev/shm";
  } catch {
    // No such file system here: macOS, or a container without it.
  }
  return tmpdir();
}

function prefix(): string {
  return `bunflare-${process.getuid?.() ?? 0}-`;
}

function sweep(parent: string): void {
  const start = prefix();
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(start)) continue;
    const pid = Number(name.slice(start.length));
    if (pid !== process.pid && !isAlive(pid)) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
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
  const flags = `${readFileSync("/proc/self/cmdline", "utf8")}\0${process.env.BUN_OPTIONS ?? ""}`;
  return /(^|[\0 ])--(bail|isolate|parallel)/.test(flags);
}

function startJanitor(path: string): void {
  const wait = 'while kill -0 "$0" 2>/dev/null; do sleep 0.1; done; rm -rf -- "$1"';
  const child = Bun.spawn(["/bin/sh", "-c", wait, String(process.pid), path], {
    stdio: ["ignore", "ignore", "ignore"],
    // A process group of its own, so that Ctrl-C in the terminal does not end it first.
    detached: true,
  });
  child.unref();
}
