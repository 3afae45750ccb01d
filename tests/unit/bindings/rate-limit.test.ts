import { expect, test } from "bun:test";
import type { RateLimit } from "@cloudflare/workers-types";
import { rateLimit } from "../../../runtime/bindings/rate-limit.ts";
import { inspect } from "../../../runtime/inspect.ts";
import { openTestWorld } from "../../bindings/world.ts";

const limiter = (name: string, namespace_id: string, limit: number, period = 60) => ({
  name,
  namespace_id,
  simple: { limit, period },
});

test("the state has the open windows, by key", async () => {
  using opened = openTestWorld({ ratelimits: [limiter("LIMIT", "1", 2)] });
  const { world } = opened;
  const LIMIT = world.primary.env["LIMIT"] as RateLimit;
  for (const key of ["b", "a", "b", "b"]) await LIMIT.limit({ key });
  expect(inspect(world, LIMIT)?.state).toEqual([
    { key: "a", period: 60, count: 1 },
    { key: "b", period: 60, count: 2 },
  ]);
});

test("a seeded counter is counted on, and its window is open for its whole period", async () => {
  using opened = openTestWorld({ ratelimits: [limiter("LIMIT", "1", 2)] });
  const { world } = opened;
  const LIMIT = world.primary.env["LIMIT"] as RateLimit;
  const resource = world.resourceOf(LIMIT)?.resource;
  rateLimit.seed?.(resource as never, [{ key: "a", period: 60, count: 1 }]);
  expect(await LIMIT.limit({ key: "a" })).toEqual({ success: true });
  expect(await LIMIT.limit({ key: "a" })).toEqual({ success: false });
});

test("a period that Cloudflare does not offer is refused with its file and key", () => {
  const config = { ratelimits: [limiter("LIMIT", "1", 2, 30)] };
  expect(() => openTestWorld(config)).toThrow(/wrangler\.json.*ratelimits\[0\]\.simple\.period/s);
});
