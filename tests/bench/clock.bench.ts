// What moving time over due events costs, over the work that they do: one write each into our own tables.

import type { StatementSync } from "node:sqlite";
import { processDirectory } from "../../preset/process-directory.ts";
import { createThrowawayStore } from "../../runtime/store/throwaway.ts";
import { openTestWorld } from "../bindings/world.ts";
import { medianRatio } from "./ratio.ts";

const EVENTS = 1000;
/** So many advances in a round, which one alone makes too short to measure. */
const ROUND_ADVANCES = 10;
const TABLE = "CREATE TABLE rows (time INTEGER PRIMARY KEY, text TEXT)";
const INSERT = "INSERT OR REPLACE INTO rows VALUES (?, ?)";

/** How many times as long as 1 000 writes alone an `advanceTime` over 1 000 events with a write each takes. */
export async function clockRatio(): Promise<number> {
  using opened = openTestWorld({});
  const { clock, store } = opened.world;
  const ours = prepare(store.data);
  const raw = prepare(createThrowawayStore(() => processDirectory(undefined)).data);
  // Awaited here, while the world is open.
  return await medianRatio(
    ROUND_ADVANCES,
    () => {
      const start = clock.now();
      for (let i = 1; i <= EVENTS; i++) {
        clock.at(start + i * 60_000, "write", () => void ours.run(i, "text"));
      }
      return opened.world.advance(() => start + (EVENTS + 1) * 60_000);
    },
    () => {
      for (let i = 1; i <= EVENTS; i++) raw.run(i, "text");
    },
  );
}

function prepare(data: {
  exec(sql: string): void;
  prepare(sql: string): StatementSync;
}): StatementSync {
  data.exec(TABLE);
  return data.prepare(INSERT);
}
