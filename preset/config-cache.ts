// Resolved configurations in TOML, which takes 15 ms to parse when its parser is cold, so that the next test file need not
// parse them again: in memory, and as images of the process's directory, because under `--isolate` no memory survives.

import type { TextCache } from "../runtime/config/resolve.ts";
import type { ProcessDirectory } from "../runtime/store/directory.ts";

const memory = new Map<string, string>();

/** The cache; `directory` is asked when memory has nothing. */
export function configCache(directory: () => ProcessDirectory): TextCache {
  return {
    read(key) {
      const known = memory.get(key);
      if (known !== undefined) return known;
      const image = directory().readImage(key);
      return image === null ? undefined : new TextDecoder().decode(image);
    },
    write(key, text) {
      memory.set(key, text);
      directory().keepImage(key, new TextEncoder().encode(text));
    },
  };
}
