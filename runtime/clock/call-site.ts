// Where a timer was started, for errors that name it.

const OWN = import.meta.dir.replace(/\/clock$/, "/");

/** "src/index.ts:12:5" of the first frame that is not bunflare's own; null when there is none. */
export function callSiteOf(site: Error | null): string | null {
  if (site === null) return null;
  for (const [, path, place] of (site.stack ?? "").matchAll(/(\/[^\s():]+):(\d+:\d+)/g)) {
    if (path === undefined || path.startsWith(OWN)) continue;
    return `${path}:${place}`;
  }
  return null;
}
