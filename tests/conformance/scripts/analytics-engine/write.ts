// Data points. What is beyond the documented limits, or of another type, is refused by Cloudflare; the local simulator
// looks at nothing.

import type { AnalyticsEngineDataset } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const limits = {
  class: "production",
  reason: "the local simulator checks nothing",
  link: "https://developers.cloudflare.com/analytics/analytics-engine/limits/",
} as const;

export default script<{ POINTS: AnalyticsEngineDataset }>({
  id: "analytics-engine-write",
  compatibilityDate: "2026-11-01",
  config: { analytics_engine_datasets: [{ binding: "POINTS", dataset: "points" }] },
  async run({ env: { POINTS }, chain }) {
    // Through an object around it: the local simulator has a class of its own for it.
    const bindings = { POINTS };
    await chain("write nothing", bindings, ["POINTS"], ["writeDataPoint"]);
    const points = [
      undefined,
      null,
      {},
      [],
      { blobs: ["city", "country"], doubles: [25, 0.5], indexes: ["sensor"] },
      { blobs: [] },
      { doubles: [] },
      { indexes: [] },
      { blobs: ["a", null, undefined, Uint8Array.of(1), new ArrayBuffer(1), 5, true] },
      { doubles: [1, "2", true, null, Number.NaN] },
      { indexes: [null] },
      { indexes: [Uint8Array.of(1)] },
      { blobs: Array(20).fill("a"), doubles: Array(20).fill(1) },
      { indexes: ["x".repeat(96)] },
      { blobs: ["x".repeat(16_384)] },
      { other: 1 },
    ];
    for (const point of points)
      await chain("write", bindings, ["POINTS"], ["writeDataPoint", point]);
    for (const point of [
      { blobs: Array(21).fill("a") },
      { blobs: ["x".repeat(16_385)] },
      { indexes: ["a", "b"] },
    ]) {
      await chain.with(
        { differs: limits },
        "write beyond a limit",
        bindings,
        ["POINTS"],
        ["writeDataPoint", point],
      );
    }
  },
});
