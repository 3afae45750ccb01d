// The list of matchers.

import type { World } from "../runtime/world.ts";
import { toHaveWrittenDataPoint } from "./analytics-engine.ts";
import { toHaveRow, toHaveRowCount } from "./d1.ts";
import type { Matcher } from "./define.ts";
import { toHaveHeader, toHaveStatus } from "./http.ts";
import { toHaveKey, toHaveKeys } from "./kv.ts";
import { toMatchState } from "./state.ts";

/** The names of the matchers. */
export type MatcherName =
  | "toHaveHeader"
  | "toHaveKey"
  | "toHaveKeys"
  | "toHaveRow"
  | "toHaveRowCount"
  | "toHaveStatus"
  | "toHaveWrittenDataPoint"
  | "toMatchState";

/** All matchers, for the world that `world()` gives when one is called. */
export function matchers(world: () => World): Record<MatcherName, Matcher> {
  return {
    toHaveHeader: toHaveHeader(),
    toHaveKey: toHaveKey(world),
    toHaveKeys: toHaveKeys(world),
    toHaveRow: toHaveRow(world),
    toHaveRowCount: toHaveRowCount(world),
    toHaveStatus: toHaveStatus(),
    toHaveWrittenDataPoint: toHaveWrittenDataPoint(world),
    toMatchState: toMatchState(world),
  };
}
