// A new project that installed the packed package: its tests pass in every mode of the runner, and its types check.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Ended, filesIn, linkPackages, type Packed, pack, run, runTests } from "./support.ts";

const ROOT = dirname(dirname(import.meta.dir));
const BIN = join(ROOT, "node_modules/.bin");

let packed: Packed;
let project: string;
let installed: readonly string[];
/** The first run of its tests: it writes the snapshot. */
let first: Ended;

beforeAll(async () => {
  packed = await pack();
  project = await packed.install("new-worker");
  // Packages whose manifests bunflare reads for what Workers get of them.
  linkPackages(project, ["hono", "drizzle-orm"]);
  await dependOn(project, ["hono", "drizzle-orm"]);
  installed = filesIn(project);
  first = await runTests(project, []);
}, 30_000);

async function dependOn(directory: string, names: readonly string[]): Promise<void> {
  const file = join(directory, "package.json");
  const manifest = (await Bun.file(file).json()) as { dependencies?: Record<string, string> };
  const dependencies = Object.fromEntries(names.map((name) => [name, "*"]));
  await Bun.write(file, JSON.stringify({ ...manifest, dependencies }));
}

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

test("its tests pass, and write a snapshot and nothing else", () => {
  expect(first.output).toContain(" 7 pass\n 0 fail\n");
  expect(first.exitCode).toBe(0);
  expect(readdirSync(join(project, "test")).sort()).toEqual([
    "__snapshots__",
    "other.test.ts",
    "signup.test.ts",
  ]);
  expect(filesIn(project)).toEqual([...installed]);
});

test.each([
  [[]],
  [["--isolate"]],
  [["--parallel=2"]],
  [["--parallel=2", "--no-isolate"]],
  [["--randomize"]],
  [["--rerun-each=2"]],
  [["--bail"]],
])("its tests pass with %j, with the same snapshot, and write nothing", async (args) => {
  const ended = await runTests(project, args, { CI: "true" });
  expect(ended.output).toContain(" 0 fail\n");
  expect(ended.exitCode).toBe(0);
  expect(filesIn(project)).toEqual([...installed]);
});

test("its files export what their sources export, and no more", async () => {
  const entries = { bunflare: "preset/index.ts", "bunflare/fixtures": "fixtures/index.ts" };
  const directory = await packed.install("new-worker");
  for (const [specifier, source] of Object.entries(entries)) {
    const text = await Bun.file(join(ROOT, source)).text();
    const names = new Bun.Transpiler({ loader: "ts" }).scan(text).exports.sort();
    await Bun.write(
      join(directory, "exports.test.ts"),
      `import { expect, test } from "bun:test";
      import * as imported from "${specifier}";
      const names = ${JSON.stringify(names)};
      test("import", () => expect(Object.keys(imported).sort()).toEqual(names));
      test("import()", async () =>
        expect(Object.keys(await import("${specifier}")).sort()).toEqual(names));
      test("require", () => expect(Object.keys(require("${specifier}")).sort()).toEqual(names));`,
    );
    const { output } = await runTests(directory, ["./exports.test.ts"]);
    expect(`${specifier}: ${output}`).toContain(" 3 pass\n 0 fail\n");
  }
});

test("its types check with the recipes of the README, by `bun check` and tsc", async () => {
  const project = await packed.install("new-worker");
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
