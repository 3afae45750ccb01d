// The helpers that move the world's time. See types/index.d.ts.

import type { FileScope } from "./file-scope.ts";
import { assertOutside, clockFor, type Moment, readTarget, readTime } from "./moment.ts";

/** Moves time forward, running what becomes due. */
export async function advanceTime(file: FileScope, by: Moment): Promise<void> {
  assertOutside("advanceTime");
  await file.world().advance(readTarget(by));
}

/** Stops time, at a moment if one is given. */
export function freezeTime(file: FileScope, at: Moment | undefined): void {
  const clock = clockFor("freezeTime", file.world());
  clock.stop(at === undefined ? clock.now() : readTime("freezeTime", at));
}

/** Sets time and stops it. */
export function setTime(file: FileScope, to: Moment): void {
  clockFor("setTime", file.world()).stop(readTime("setTime", to));
}

/** Lets time flow. */
export function resumeTime(file: FileScope): void {
  clockFor("resumeTime", file.world()).flow();
}
