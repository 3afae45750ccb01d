// Which modules live longer than a test file: bunflare's own (but its indexes), those that the preloads loaded, and Bun's. All others are
// dropped between files, also those of node_modules: libraries memoise bindings.

let kept: Set<string> | null = null;

/** Keeps everything that is loaded now, at the first call. */
export function rememberModules(): void {
  kept ??= new Set(Object.keys(require.cache));
}

/** Drops every module that is not kept, and `entry`, the last test file; the next import evaluates them anew. */
export function forgetModules(entry: string): void {
  // A file that imports nothing has added nothing but itself.
  rememberModules();
  kept?.delete(entry);
  const prefixes = ownFolders();
  for (const key of Object.keys(require.cache)) {
    const isOurs = prefixes.some((prefix) => key.startsWith(prefix)) && !INDEX.test(key);
    if (!isOurs && kept?.has(key) !== true) delete require.cache[key];
  }
}

// Evaluated for each file: see their heads.
const INDEX = /\/(?:preset\/index\.ts|fixtures\/index\.ts|dist\/index\.js|dist\/fixtures\.js)$/;

// The bundle lies in one folder; in this repository the sources lie in four.
function ownFolders(): string[] {
  const folders = import.meta.dir.endsWith("/preset")
    ? ["preset", "matchers", "fixtures", "runtime"].map((name) => `${import.meta.dir}/../${name}/`)
    : [`${import.meta.dir}/`];
  return folders.map((path) => Bun.fileURLToPath(new URL(path, "file://")));
}
