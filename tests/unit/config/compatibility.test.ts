import { describe, expect, test } from "bun:test";

import { checkCompatibility } from "../../../runtime/config/compatibility-checks.ts";
import { createCompatibility } from "../../../runtime/config/compatibility.ts";
import { loadWorkerConfig } from "../../../runtime/config/load.ts";
import recorded from "./compatibility.recorded.json" with { type: "json" };
import { createFolder, thrownBy } from "./folder.ts";

const compatibility = (date: string, flags: readonly string[] = []) =>
  createCompatibility({ compatibility_date: date, compatibility_flags: flags });

const fail = (_: unknown, report: { what: string; why?: string }) =>
  new Error(`${report.what}: ${report.why}`);

describe("has", () => {
  test("switches on what workerd switches on, for every date and the flags recorded", () => {
    const differences: string[] = [];
    for (const { date, flags, on } of recorded.cases) {
      const ours = compatibility(date, flags).all();
      const theirs = decode(on, recorded.flags.length);
      recorded.flags.forEach((flag, index) => {
        if (ours[flag] !== theirs[index]) differences.push(`${date} [${flags.join()}] ${flag}`);
      });
    }
    expect(differences).toEqual([]);
  });

  test("knows every flag of the recorded workerd and no other", () => {
    expect(Object.keys(compatibility("2026-11-17").all())).toEqual(recorded.flags);
  });

  test("lets a disabling flag win over the date, and an enabling flag come before it", () => {
    expect(
      compatibility("2026-11-01", ["rpc_params_transfer_stubs"]).has("rpc_params_dup_stubs"),
    ).toBe(false);
    expect(compatibility("2025-01-01", ["rpc_params_dup_stubs"]).has("rpc_params_dup_stubs")).toBe(
      true,
    );
  });

  test("throws for a name that is no flag, instead of answering false for a misspelling", () => {
    expect(() => compatibility("2026-11-01").has("rpc_params_dup_stub")).toThrow(
      "is not in the table",
    );
  });
});

describe("checkCompatibility", () => {
  test("refuses the dates that workerd refuses", () => {
    for (const { date, error } of recorded.refused) {
      if (!error.startsWith("Invalid compatibility date")) continue;
      const run = () => checkCompatibility({ compatibility_date: date }, fail);
      expect(thrownBy(run).message).toBe(`must be a date such as "2026-11-17": it is "${date}"`);
    }
  });

  test("refuses the flags that workerd finds contradictory", () => {
    const contradiction = recorded.refused.find(({ error }) => error.includes("contradictory"));
    const flags = contradiction?.flags ?? [];
    const run = () => checkCompatibility({ compatibility_flags: flags }, fail);
    expect(thrownBy(run).message).toStartWith('"no_nodejs_als" contradicts "nodejs_als"');
  });

  test("warns about an unknown flag, which a newer workerd may have", () => {
    const warnings = checkCompatibility({ compatibility_flags: ["nodejs_compatt"] }, fail);
    expect(warnings).toEqual([
      {
        path: ["compatibility_flags", 0],
        message:
          '"nodejs_compatt" is no compatibility flag of workerd as of 2026-11-17, ' +
          'did you mean "nodejs_compat"?',
      },
    ]);
  });

  test("refuses flags that are not strings", () => {
    const run = () => checkCompatibility({ compatibility_flags: ["a", 1] }, fail);
    expect(thrownBy(run).message).toBe("must be a string: it is 1");
  });
});

test("a configuration without a date has wrangler's own date", () => {
  using folder = createFolder({ "wrangler.json": "{}" });
  const config = loadWorkerConfig({ from: [folder.path], processEnv: {} });
  expect(config.compatibility.date).toBe("2026-11-17");
  expect(config.compatibility.has("nodejs_compat")).toBe(true);
});

function decode(hex: string, count: number): boolean[] {
  const bits = BigInt(`0x${hex}`).toString(2).slice(1);
  expect(bits).toHaveLength(count);
  return [...bits].map((bit) => bit === "1");
}
