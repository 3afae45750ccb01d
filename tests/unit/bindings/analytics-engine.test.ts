import { describe, expect, test } from "bun:test";
import type { AnalyticsEngineDataPoint, AnalyticsEngineDataset } from "@cloudflare/workers-types";
import { inspect } from "../../../runtime/inspect.ts";
import { openTestWorld } from "../../bindings/world.ts";

const config = {
  analytics_engine_datasets: [
    { binding: "POINTS", dataset: "shared" },
    { binding: "SAME", dataset: "shared" },
    { binding: "OTHER" },
  ],
};

type Env = Record<"POINTS" | "SAME" | "OTHER", AnalyticsEngineDataset>;

test("points are kept in the order written, by dataset", () => {
  using opened = openTestWorld(config);
  const { POINTS, SAME, OTHER } = opened.world.primary.env as Env;
  POINTS.writeDataPoint({ blobs: ["a", null], doubles: [1, 0.5], indexes: ["i"] });
  SAME.writeDataPoint({ blobs: [new Uint8Array([0xff]).buffer] });
  OTHER.writeDataPoint();
  expect(inspect(opened.world, POINTS)?.state).toEqual([
    { indexes: ["i"], blobs: ["a", null], doubles: [1, 0.5] },
    { indexes: [], blobs: [{ bytes: "ff" }], doubles: [] },
  ]);
  expect(inspect(opened.world, OTHER)?.state).toEqual([{ indexes: [], blobs: [], doubles: [] }]);
});

// workerd's source and the documented limits are the authority here: the local simulator has no checks to record.
// https://github.com/cloudflare/workerd/blob/main/src/workerd/api/analytics-engine-impl.h
describe("writeDataPoint refuses", () => {
  const prefix = "writeDataPoint(): ";
  const refusals: [string, unknown, string][] = [
    ["21 blobs", { blobs: Array(21).fill("") }, `${prefix}Maximum of 20 blobs supported.`],
    ["21 doubles", { doubles: Array(21).fill(0) }, `${prefix}Maximum of 20 doubles supported.`],
    ["2 indexes", { indexes: ["a", "b"] }, `${prefix}Maximum of 1 indexes supported.`],
    [
      "an index of 97 bytes",
      { indexes: ["é".repeat(48) + "a"] },
      `${prefix}Size of indexes[0] exceeds 96 bytes).`,
    ],
    [
      "blobs of more than 16 KiB together",
      { blobs: ["x".repeat(16_000), new Uint8Array(385).buffer] },
      `${prefix}Cumulative size of blobs exceeds 16384 bytes).`,
    ],
    [
      "what is no object",
      "point",
      "Failed to execute 'writeDataPoint' on 'AnalyticsEngine': parameter 1 is not of type 'AnalyticsEngineEvent'.",
    ],
    [
      "blobs that are no list",
      { blobs: "a" },
      "Incorrect type for the 'blobs' field on 'AnalyticsEngineEvent': the provided value is not of type 'Array'.",
    ],
  ];
  for (const [name, point, message] of refusals) {
    test(name, () => {
      using opened = openTestWorld(config);
      const { POINTS } = opened.world.primary.env as Env;
      const write = () => POINTS.writeDataPoint(point as AnalyticsEngineDataPoint);
      expect(write).toThrow(new TypeError(message));
      expect(inspect(opened.world, POINTS)?.state).toEqual([]);
    });
  }
});
