// What the preload adds to `bun test`, in ms a file: runs of the same files in turn, with and without it. The built bundle
// is measured, because that is what users load.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dir, "../..");
const ROUNDS = 7;

const TRIVIAL = `import { expect, test } from "bun:test";
test("adds", () => { expect(1 + 1).toBe(2); });
`;

const BINDINGS = `import { expect, test } from "bun:test";
import { getEnv } from "bunflare";
test("uses KV and D1", async () => {
  const env = getEnv();
  await env.KV.put("key", "value");
  expect(await env.DB.prepare("SELECT 1 AS one").first("one")).toBe(1);
});
`;

/** The same, with fixtures that nothing uses: they must cost nothing until then. */
const FIXTURES = `import { faker, seed } from "bunflare/fixtures";
${BINDINGS}
test.skip("unused", () => { seed({}, faker); });
`;

const WRANGLER = JSON.stringify({
  name: "bench",
  main: "index.js",
  compatibility_date: "2026-11-01",
  kv_namespaces: [{ binding: "KV", id: "kv" }],
  d1_databases: [{ binding: "DB", database_name: "db", database_id: "db" }],
});

/** Costs in ms: for the one file, and for each of a hundred. */
export interface StartUp {
  readonly oneTrivial: number;
  readonly trivial: number;
  readonly trivialIsolated: number;
  readonly bindings: number;
  readonly bindingsIsolated: number;
  /** More than with bindings alone. */
  readonly fixturesIsolated: number;
  /** More than without migrations. */
  readonly migrationsIsolated: number;
}

/** Measures; `dist/` must have been built. */
export async function startUpCosts(): Promise<StartUp> {
  const home = mkdtempSync(join(tmpdir(), "bunflare-bench-"));
  try {
    const project = (name: string, files: number, test: string, preload: boolean): string =>
      writeProject(join(home, name), files, test, preload);
    const plain = project("plain", 100, TRIVIAL, false);
    const trivial = project("trivial", 100, TRIVIAL, true);
    const bindings = project("bindings", 100, BINDINGS, true);
    const fixtures = project("fixtures", 100, FIXTURES, true);
    const migrated = project("migrated", 100, BINDINGS, true);
    writeMigrations(join(migrated, "migrations"), 20);
    const one = project("one", 1, TRIVIAL, true);
    const onePlain = project("one-plain", 1, TRIVIAL, false);
    return {
      oneTrivial: await extraMs(one, onePlain, []),
      trivial: (await extraMs(trivial, plain, [])) / 100,
      trivialIsolated: (await extraMs(trivial, plain, ["--isolate"])) / 100,
      bindings: (await extraMs(bindings, plain, [])) / 100,
      bindingsIsolated: (await extraMs(bindings, plain, ["--isolate"])) / 100,
      fixturesIsolated: (await extraMs(fixtures, bindings, ["--isolate"])) / 100,
      migrationsIsolated: (await extraMs(migrated, bindings, ["--isolate"])) / 100,
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function writeProject(directory: string, files: number, test: string, preload: boolean): string {
  mkdirSync(join(directory, "node_modules"), { recursive: true });
  symlinkSync(ROOT, join(directory, "node_modules/bunflare"));
  writeFileSync(join(directory, "package.json"), '{ "name": "bench", "private": true }');
  writeFileSync(join(directory, "wrangler.json"), WRANGLER);
  writeFileSync(join(directory, "index.js"), "export default {};");
  const bunfig = preload ? '[test]\npreload = ["bunflare/preload"]\n' : "";
  writeFileSync(join(directory, "bunfig.toml"), bunfig);
  for (let i = 0; i < files; i++) writeFileSync(join(directory, `f${i}.test.ts`), test);
  return directory;
}

function writeMigrations(directory: string, count: number): void {
  mkdirSync(directory);
  for (let i = 1; i <= count; i++) {
    const sql = `CREATE TABLE t${i} (id INTEGER PRIMARY KEY, name TEXT); CREATE INDEX i${i} ON t${i} (name);`;
    writeFileSync(join(directory, `${String(i).padStart(4, "0")}_t${i}.sql`), sql);
  }
}

/** The median difference of runs in turn, so that a busy machine slows both. */
async function extraMs(ours: string, plain: string, args: readonly string[]): Promise<number> {
  const differences: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const difference = (await runMs(ours, args)) - (await runMs(plain, args));
    // The first round warms the caches of the file system.
    if (round > 0) differences.push(difference);
  }
  return differences.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

async function runMs(directory: string, args: readonly string[]): Promise<number> {
  const start = Bun.nanoseconds();
  const child = Bun.spawn([process.execPath, "test", ...args], {
    cwd: directory,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [output, code] = await Promise.all([child.stderr.text(), child.exited]);
  if (code !== 0) throw new Error(`bun test failed in ${directory}:\n${output.slice(-2000)}`);
  return (Bun.nanoseconds() - start) / 1e6;
}
