// Gives the matchers to `expect`. Each is loaded at its first call.

import { expect } from "bun:test";
import type { Matcher } from "../matchers/define.ts";
import type { MatcherName } from "../matchers/index.ts";
import { requireFile } from "./current-file.ts";

const NAMES = [
  "toHaveHeader",
  "toHaveKey",
  "toHaveKeys",
  "toHaveRow",
  "toHaveRowCount",
  "toHaveStatus",
  "toHaveWrittenDataPoint",
  "toMatchState",
] as const satisfies readonly MatcherName[];

/** Extends `expect`. */
export function installMatchers(): void {
  const lazy: Record<string, Matcher> = {};
  for (const name of NAMES) {
    lazy[name] = function (received, ...args) {
      const { matchers } = require("../matchers/index.ts") as typeof import("../matchers/index.ts");
      return matchers(() => requireFile().world())[name].call(this, received, ...args);
    };
  }
  expect.extend(lazy as Parameters<typeof expect.extend>[0]);
}
