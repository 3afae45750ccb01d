// The list of matchers.

import type { World } from "../runtime/world.ts";
import type { Matcher } from "./define.ts";
import { toHaveKey } from "./kv.ts";
import { toHaveRow } from "./d1.ts";
import { toHaveStatus } from "./response.ts";

/** All matchers, for the world that `world()` gives when one is called. */
export function matchers(world: () => World): Record<"toHaveKey" | "toHaveRow" | "toHaveStatus", Matcher> {
  return {
    toHaveKey: toHaveKey(world),
    toHaveRow: toHaveRow(world),
    toHaveStatus: toHaveStatus(),
  };
}
