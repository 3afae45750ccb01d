// Rate limits: what counts as a hit, and which options are taken.

import type { RateLimit } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

interface Env {
  LIMIT: RateLimit;
  SAME: RateLimit;
  OTHER: RateLimit;
}

const limiter = (name: string, namespace_id: string, limit: number, period: number) => ({
  name,
  namespace_id,
  simple: { limit, period },
});

export default script<Env>({
  id: "rate-limit-limit",
  compatibilityDate: "2026-11-01",
  config: {
    ratelimits: [
      limiter("LIMIT", "1001", 2, 60),
      limiter("SAME", "1001", 3, 60),
      limiter("OTHER", "1002", 2, 10),
    ],
  },
  async run({ env: { LIMIT, SAME, OTHER }, call, note }) {
    await call("LIMIT.limit of a first hit", LIMIT, [{ key: "a" }]);
    await call.with({ counts: false }, "LIMIT.limit of a second hit", LIMIT, [{ key: "a" }]);
    await call.with({ counts: false }, "LIMIT.limit of a third hit", LIMIT, [{ key: "a" }]);
    await call.with({ counts: false }, "SAME.limit shares the namespace", SAME, [{ key: "a" }]);
    await call.with({ counts: false }, "SAME.limit again", SAME, [{ key: "a" }]);
    await call.with({ counts: false }, "OTHER.limit does not", OTHER, [{ key: "a" }]);
    await call("LIMIT.limit of another key", LIMIT, [{ key: "b" }]);

    for (const options of [{}, [], new Date(0), new Map(), { key: "" }, { key: undefined }]) {
      await call("LIMIT.limit of no key", LIMIT, [options]);
    }
    for (const options of [null, undefined, "a", 5, true, () => 1, 1n, Symbol("options")]) {
      await call("LIMIT.limit of what is no object", LIMIT, [options]);
    }
    await call("LIMIT.limit of nothing", LIMIT, []);
    for (const key of [5, null, true, 1n, Symbol("key"), ["a"], {}]) {
      await call("LIMIT.limit of a key that is no string", LIMIT, [{ key }]);
    }
    await call("LIMIT.limit of a long key", LIMIT, [{ key: "x".repeat(3000) }]);
    for (const options of [{ other: 1 }, { other: 1, more: 2, key: "a" }, ["a"]]) {
      await call("LIMIT.limit with unknown options", LIMIT, [options]);
    }
    await call.with({ counts: false }, "LIMIT.limit of an inherited key", LIMIT, [
      Object.create({ key: "inherited" }),
    ]);

    for (const limit of [1, 0, -1, 5, Number.NaN, Number.POSITIVE_INFINITY, "1", null, true]) {
      await call("LIMIT.limit with a limit", LIMIT, [{ key: "limit", limit }]);
    }
    for (const period of [10, 60, 5, 0, Number.NaN, "10", null]) {
      await call("LIMIT.limit with a period", LIMIT, [{ key: "period", period }]);
    }
    for (const delta of [2, 1, 1.9, "2", true, 2 ** 32 - 1]) {
      await call("LIMIT.limit with a delta", LIMIT, [{ key: `delta ${String(delta)}`, delta }]);
      await call.with({ counts: false }, "LIMIT.limit after it", LIMIT, [
        { key: `delta ${String(delta)}` },
      ]);
    }
    const wrong = [0, 0.5, -1, Number.NaN, Number.POSITIVE_INFINITY, null, 2 ** 32, 1n, {}, "word"];
    for (const delta of [...wrong, Symbol("delta")]) {
      await call("LIMIT.limit with a wrong delta", LIMIT, [{ key: "wrong", delta }]);
    }
    await call("LIMIT.limit with undefined options", LIMIT, [
      { key: "undefined", limit: undefined, period: undefined, delta: undefined },
    ]);
    await call("LIMIT.limit checks the key before the limit", LIMIT, [{ key: 5, limit: "5" }]);
    await call("LIMIT.limit checks the limit before the period", LIMIT, [
      { limit: "5", period: 5 },
    ]);
    await call("LIMIT.limit checks the period before the delta", LIMIT, [{ period: 5, delta: 0 }]);
    await call("LIMIT.limit with more than it takes", LIMIT, [{ key: "more" }, "more"]);
    await note("the form of limit", [LIMIT.limit.name, LIMIT.limit.length]);
    await note("the class", LIMIT.constructor.name);
  },
});
