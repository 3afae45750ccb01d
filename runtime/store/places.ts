// Where the temporary directory of a process is, and what is in it: apart from the code that makes it, because a file
// that only looks for an image needs no more.

/** Linux's file system in memory. */
export const MEMORY = "/dev/shm";

/** Where it may lie, the fastest place first; `base` is `[bunflare] tmpdir`. */
export function parentsOf(base: string | undefined): string[] {
  return base === undefined ? [MEMORY, systemDirectory()] : [base];
}

/** The system's own directory for temporary files. */
export function systemDirectory(): string {
  if (process.platform === "win32")
    return (require("node:os") as typeof import("node:os")).tmpdir();
  return (process.env.TMPDIR || "/tmp").replace(/(.)\/$/, "$1");
}

/** What the names of the directories of all processes of this user begin with. */
export function prefix(): string {
  return `bunflare-${process.getuid?.() ?? 0}-`;
}

/** The directory of this process. */
export function ownPath(parent: string): string {
  return `${parent}/${prefix()}${process.pid}`;
}

/** An image in the directory of a process. */
export function imagePath(directory: string, hash: string): string {
  return `${directory}/image-${hash}`;
}
