// `bun run bench`: every budget of the project with what it costs now. Ratios and differences of one run, never absolute
// times; exits with 1 when one is over its budget. `bun run bench start-up` runs those whose names begin so.

import { clockRatio } from "./clock.bench.ts";
import { d1Ratio } from "./d1.bench.ts";
import { alarmRatio, durableObjectTurns } from "./durable-objects.bench.ts";
import { kvRatio } from "./kv.bench.ts";
import { startUpCosts } from "./start-up.bench.ts";

interface Line {
  readonly name: string;
  readonly cost: number;
  readonly budget: number;
  readonly unit: string;
}

const SUITES: Readonly<Record<string, () => Promise<Line[]>>> = {
  "start-up": async () => {
    const costs = await startUpCosts();
    const line = (name: string, cost: number, budget: number): Line => {
      return { name: `start-up: ${name}`, cost, budget, unit: "ms more a file" };
    };
    return [
      line("one trivial file", costs.oneTrivial, 6),
      line("100 trivial files", costs.trivial, 1),
      line("100 trivial files, --isolate", costs.trivialIsolated, 1),
      line("100 files with KV and D1", costs.bindings, 1),
      line("100 files with KV and D1, --isolate", costs.bindingsIsolated, 2),
      line("100 files with unused fixtures, --isolate", costs.fixturesIsolated, 0.5),
      line("100 files with 20 migrations, --isolate", costs.migrationsIsolated, 2),
    ];
  },
  clock: async () => {
    const name = "clock: advanceTime over 1 000 events";
    return [{ name, cost: await clockRatio(), budget: 10, unit: "× their writes alone" }];
  },
  kv: async () => {
    const { put, get } = await kvRatio();
    const unit = "× a raw statement";
    return [
      { name: "kv: put", cost: put, budget: 2.5, unit },
      { name: "kv: get", cost: get, budget: 2.5, unit },
    ];
  },
  d1: async () => {
    const { insert, select } = await d1Ratio();
    const unit = "× node:sqlite";
    return [
      { name: "d1: insert", cost: insert, budget: 2, unit },
      { name: "d1: select", cost: select, budget: 2, unit },
    ];
  },
  "durable-objects": async () => {
    const { nothing, write } = await durableObjectTurns();
    const unit = "turns of the event loop";
    return [
      { name: "durable-objects: a call", cost: nothing, budget: 5, unit },
      { name: "durable-objects: a call that writes", cost: write, budget: 5, unit },
      {
        name: "durable-objects: 1 000 alarms with a write each",
        cost: await alarmRatio(),
        budget: 10,
        unit: "× node:sqlite",
      },
    ];
  },
};

const filter = process.argv[2] ?? "";
let isOver = false;
for (const [name, measure] of Object.entries(SUITES)) {
  if (!name.startsWith(filter)) continue;
  for (const { name, cost, budget, unit } of await measure()) {
    const over = !(cost <= budget);
    isOver ||= over;
    console.log(
      `${over ? "OVER " : "     "}${name.padEnd(44)} ${cost.toFixed(2)} of ${budget} ${unit}`,
    );
  }
}
process.exit(isOver ? 1 : 0);
