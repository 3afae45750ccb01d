import type { AnalyticsEngineDataset } from "@cloudflare/workers-types";
import type { Env } from "../../runtime/env.ts";
import { testBinding } from "./contract.ts";

const points = (env: Env): AnalyticsEngineDataset => env.POINTS as AnalyticsEngineDataset;

testBinding({
  kind: "analytics-engine",
  name: "POINTS",
  config: { analytics_engine_datasets: [{ binding: "POINTS" }] },
  steps: [
    (env) => points(env).writeDataPoint({ blobs: ["a", null], doubles: [1], indexes: ["i"] }),
    (env) => points(env).writeDataPoint({ blobs: [Uint8Array.of(255).buffer] }),
  ],
  calls: { writeDataPoint: (env) => points(env).writeDataPoint() },
});
