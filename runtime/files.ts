// Synchronous reading of small files without `node:fs`: loading that module costs 2.5 ms in every test file under
// `--isolate`, more than everything else that a file with bindings pays.

/** The text of a UTF-8 file, or null when there is none. Throws the system's error for anything else. */
export function readText(path: string): string | null {
  const bytes = readBytes(path);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** The bytes of a file (a copy), or null when there is none. Throws the system's error for anything else. */
export function readBytes(path: string): Uint8Array | null {
  if (isPlainlyMissing(path)) return null;
  try {
    return Bun.mmap(path).slice();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    // An empty file cannot be mapped.
    if (code === "EINVAL" && Bun.file(path).size === 0) return new Uint8Array(0);
    // Nor can one that may only be read: Bun opens it for writing, too.
    const { readFileSync } = require("node:fs") as typeof import("node:fs");
    return new Uint8Array(readFileSync(path));
  }
}

/** Whether there is a file, not a directory; whether it can be read shows when it is. */
export function isFile(path: string): boolean {
  if (isPlainlyMissing(path)) return false;
  try {
    Bun.mmap(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== "ENOENT" && code !== "ENOTDIR" && code !== "EISDIR";
  }
}

/**
 * Whether there is plainly nothing at a path; false leaves it to the error of whoever looks. Looking for a file that is not
 * there is the rule, and a thrown error costs ten times this look. Bun gives what is missing no size and a time beyond
 * that of any file; should that change, the error decides as before.
 */
export function isPlainlyMissing(path: string): boolean {
  const file = Bun.file(path);
  return file.size === 0 && file.lastModified > 1e15;
}

/** The files in a directory whose names match a glob, sorted by name; empty when there is no such directory. */
export function listFiles(directory: string, glob: string): string[] {
  try {
    return [...new Bun.Glob(glob).scanSync({ cwd: directory, dot: true })].sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
