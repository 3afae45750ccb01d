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

test("a window begins with the first hit, and ends with its period on the world's clock", async () => {
  using opened = openTestWorld({ ratelimits: [limiter("LIMIT", "1", 1, 10)] });
  const { world } = opened;
  const { clock } = world;
  const LIMIT = world.primary.env["LIMIT"] as RateLimit;
  clock.stop();
  expect(await LIMIT.limit({ key: "a" })).toEqual({ success: true });
  clock.stop(clock.now() + 9_999);
  expect(await LIMIT.limit({ key: "a" })).toEqual({ success: false });
  expect(await LIMIT.limit({ key: "b" })).toEqual({ success: true });
  clock.stop(clock.now() + 1);
  expect(inspect(world, LIMIT)?.state).toEqual([{ key: "b", period: 10, count: 1 }]);
  expect(await LIMIT.limit({ key: "a" })).toEqual({ success: true });
});

test("a period that Cloudflare does not offer is refused with its file and key", () => {
  const config = { ratelimits: [limiter("LIMIT", "1", 2, 30)] };
  expect(() => openTestWorld(config)).toThrow(/wrangler\.json.*ratelimits\[0\]\.simple\.period/s);
});
