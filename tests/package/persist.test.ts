// `[bunflare] persist`: state survives from file to file and from run to run.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Packed, pack, runTests } from "./support.ts";

let packed: Packed;
let project: string;

beforeAll(async () => {
  packed = await pack();
  project = await packed.install("persist");
}, 30_000);

afterAll(() => packed[Symbol.dispose]());

async function runsSeen(args: readonly string[]): Promise<number[]> {
  const { output, exitCode } = await runTests(project, args);
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  return [...output.matchAll(/runs: (\d+)/g)].map(([, n]) => Number(n));
}

test("two processes in turn see what the one before them left, also from file to file", async () => {
  expect(await runsSeen([])).toEqual([1, 2]);
  expect(await runsSeen(["--isolate"])).toEqual([3, 4]);
  expect(await runsSeen(["--randomize"])).toEqual([5, 6]);
  expect(existsSync(join(project, ".bunflare/data.sqlite"))).toBe(true);
});

test("--parallel is refused", async () => {
  const { output, exitCode } = await runTests(project, ["--parallel=2"]);
  expect(exitCode).toBe(1);
  expect(output).toContain("a persistent store cannot be used with --parallel");
});
