// A new project that installed the packed package: its tests pass in every mode of the runner, and its types check.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { linkPackages, type Packed, pack, run, runTests } from "./support.ts";

const BIN = join(dirname(dirname(import.meta.dir)), "node_modules/.bin");

let packed: Packed;
let project: string;

beforeAll(async () => {
  packed = await pack();
  project = await packed.install("new-worker");
});

afterAll(() => packed[Symbol.dispose]());

test("the tarball holds the bundle, the types and the documentation, and no sources", () => {
  // Bun marks what it has installed from a tarball.
  const files = readdirSync(join(project, "node_modules/bunflare")).filter(
    (name) => name !== ".bun-tag",
  );
  expect(files.sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "dist",
    "docs",
    "package.json",
    "types",
  ]);
});

test("its tests pass, and write a snapshot", async () => {
  const ended = await runTests(project, []);
  expect(ended.output).toContain(" 7 pass\n 0 fail\n");
  expect(ended.exitCode).toBe(0);
});

test.each([
  [["--isolate"]],
  [["--parallel=2"]],
  [["--parallel=2", "--no-isolate"]],
  [["--randomize"]],
])("its tests pass with %j, with the same snapshot", async (args) => {
  const ended = await runTests(project, args, { CI: "true" });
  expect(ended.output).toContain(" 0 fail\n");
  expect(ended.exitCode).toBe(0);
});

test("nothing is written outside of the temporary directory but the snapshot", () => {
  expect(readdirSync(join(project, "test")).sort()).toEqual([
    "__snapshots__",
    "other.test.ts",
    "signup.test.ts",
  ]);
  expect(readdirSync(project)).not.toContain(".wrangler");
});

test("its types check with the recipes of the README, by `bun check` and tsc", async () => {
  linkPackages(project, ["@cloudflare/workers-types", "@types/bun", "@types/node", "undici-types"]);
  // The runtime types that `wrangler types` prints take the place of @cloudflare/workers-types.
  const printed = await run([join(BIN, "node"), join(BIN, "wrangler"), "types"], project, {
    WRANGLER_SEND_METRICS: "false",
  });
  expect(printed.output).toContain("Types written to worker-configuration.d.ts");

  for (const recipe of ["tsconfig.json", "tsconfig.bun.json", "tsconfig.wrangler.json"]) {
    const byBun = await run([process.execPath, "check", "-p", recipe], project);
    expect(`${recipe}: ${byBun.output}`).toContain("No type errors");
    const byTsc = await run([join(BIN, "tsc"), "--noEmit", "-p", recipe], project);
    expect(`${recipe}: ${byTsc.output}`).toBe(`${recipe}: `);
  }
}, 30_000);
