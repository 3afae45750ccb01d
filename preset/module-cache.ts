// Which modules live longer than a test file: bunflare's own (but its indexes), those that the preloads loaded, and Bun's. All others are
// dropped between files, also those of node_modules: libraries memoise bindings.

const kept = new Set<string>();

/** Keeps everything that is loaded now. Called before the first test file. */
export function rememberModules(): void {
  for (const key of Object.keys(require.cache)) kept.add(key);
}

/** Drops every module that is not kept; the next import evaluates it anew. */
export function forgetModules(): void {
  for (const key of Object.keys(require.cache)) {
    if (!kept.has(key) && !isOurs(key)) delete require.cache[key];
  }
}

// The bundle lies in one folder; in this repository the sources lie in four.
const OURS = import.meta.dir.endsWith("/preset")
  ? ["preset", "matchers", "fixtures", "runtime"].map((name) => `${import.meta.dir}/../${name}/`)
  : [`${import.meta.dir}/`];
const PREFIXES = OURS.map((path) => Bun.fileURLToPath(new URL(path, "file://")));
// Evaluated for each file: see their heads.
const INDEX = /\/(?:preset\/index\.ts|fixtures\/index\.ts|dist\/index\.js|dist\/fixtures\.js)$/;

function isOurs(path: string): boolean {
  return PREFIXES.some((prefix) => path.startsWith(prefix)) && !INDEX.test(path);
}
