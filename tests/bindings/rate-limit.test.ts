import type { RateLimit } from "@cloudflare/workers-types";
import type { Env } from "../../runtime/env.ts";
import { testBinding } from "./contract.ts";

const limiter = (env: Env): RateLimit => env.LIMIT as RateLimit;

testBinding({
  kind: "ratelimit",
  name: "LIMIT",
  config: {
    ratelimits: [{ name: "LIMIT", namespace_id: "1", simple: { limit: 2, period: 60 } }],
  },
  steps: [
    (env) => limiter(env).limit({ key: "a" }),
    (env) => limiter(env).limit({ key: "a" }),
    (env) => limiter(env).limit({ key: "a" }),
    (env) => limiter(env).limit({ key: "b" }),
  ],
  calls: { limit: (env) => limiter(env).limit({ key: "a" }) },
});
