// Keeps texts in files of a folder, so that the next process finds what this one has worked out.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { TextCache } from "./resolve.ts";

/**
 * A cache in a folder, which is made when the first text is kept. The folder has to belong to the
 * user: what lies there is trusted. Several processes may share it.
 */
export function createFolderCache(folder: string): TextCache {
  return {
    read(key) {
      const file = join(folder, key);
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    },
    write(key, text) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      // Renamed into place, so that no other process reads half of it.
      const part = join(folder, `${key}.${process.pid}.part`);
      writeFileSync(part, text, { mode: 0o600 });
      renameSync(part, join(folder, key));
    },
  };
}
