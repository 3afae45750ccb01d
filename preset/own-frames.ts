// Takes bunflare's own frames out of the stack of an error that fails a test: the runner shows the code around the first
// frame, and that is to be the user's line, not the one in dist/ that found the mistake.

/** Where the bundle lies; null in this repository, where all frames are wanted. */
const DIST = import.meta.dir.endsWith("/preset") ? null : `${import.meta.dir}/`;

const FRAME = /^\s+at /;

/** Frames between ours: of functions without source, and of the async context. */
const BETWEEN = /\((unknown|native|node:async_hooks:[\d:]+)\)$/;

/** Shortens the stacks of an error, of its causes and of the errors that it gathers. Gives the error back. */
export function hideOwnFrames(error: unknown): unknown {
  if (DIST !== null) shorten(error, DIST, new Set());
  return error;
}

function shorten(error: unknown, dist: string, seen: Set<unknown>): void {
  if (!(error instanceof Error) || seen.has(error)) return;
  seen.add(error);
  const { stack } = error;
  // Users' errors may have made it read-only.
  if (typeof stack === "string" && stack.includes(dist)) {
    Reflect.set(error, "stack", withoutOwn(stack, dist));
  }
  shorten(error.cause, dist, seen);
  if (error instanceof AggregateError) for (const each of error.errors) shorten(each, dist, seen);
}

/** Where all frames are ours they stay: then the mistake may be. */
function withoutOwn(stack: string, dist: string): string {
  const isOwn = (line: string): boolean =>
    FRAME.test(line) && (line.includes(dist) || BETWEEN.test(line));
  const lines = stack.split("\n").filter((line) => !isOwn(line));
  return lines.some((line) => FRAME.test(line)) ? lines.join("\n") : stack;
}
