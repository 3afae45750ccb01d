// The few path functions that every test file with bindings needs, for the same reason as in `files.ts`: `node:path`
// costs 0.9 ms there. Paths are POSIX paths; on Windows the platform's own module takes over.

/** The functions of `node:path` that are used. */
export interface Paths {
  /** Joins a relative path to an absolute directory, or gives an absolute path back; normalised. */
  resolve(directory: string, path: string): string;
  /** The directory that a normalised absolute path lies in. */
  dirname(path: string): string;
  /** The last part of a path. */
  basename(path: string): string;
}

/** See the head of the file. */
export const paths: Paths =
  process.platform === "win32" ? (require("node:path") as Paths) : { resolve, dirname, basename };

function resolve(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${directory}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

function dirname(path: string): string {
  const end = path.lastIndexOf("/");
  return end <= 0 ? "/" : path.slice(0, end);
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
