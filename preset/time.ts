// The helpers that move the world's time.

import type { FileScope } from "./file-scope.ts";
import type { Moment } from "./moment.ts";

/** See types/index.d.ts. */
export interface TimeHelpers {
  advanceTime(by: Moment): Promise<void>;
  freezeTime(at?: Moment): void;
  setTime(to: Moment): void;
  resumeTime(): void;
}

/** Makes them for a test file. */
export function timeFor(file: () => FileScope): TimeHelpers {
  return {
    async advanceTime(by) {
      const { assertOutside, readTarget } = moments();
      assertOutside("advanceTime");
      await file().world().advance(readTarget(by));
    },

    freezeTime(at) {
      const { clockFor, readTime } = moments();
      const clock = clockFor("freezeTime", file().world());
      clock.stop(at === undefined ? clock.now() : readTime("freezeTime", at));
    },

    setTime(to) {
      const { clockFor, readTime } = moments();
      clockFor("setTime", file().world()).stop(readTime("setTime", to));
    },

    resumeTime() {
      moments().clockFor("resumeTime", file().world()).flow();
    },
  };
}

// Loaded at first use.
function moments(): typeof import("./moment.ts") {
  return require("./moment.ts");
}
