// A project with a preload of its own: what it sets up holds in every file, in every mode of the runner.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Packed, pack, runTests } from "./support.ts";

let packed: Packed;
let project: string;

beforeAll(async () => {
  packed = await pack();
  project = await packed.install("setup");
});

afterAll(() => packed[Symbol.dispose]());

test.each([
  [[], 6],
  [["--isolate"], 6],
  [["--parallel=2"], 6],
  [["--parallel=2", "--no-isolate"], 6],
  [["--rerun-each=2"], 12],
] as const)("mocks and hooks of a preload hold in every file with %j", async (args, passed) => {
  const ended = await runTests(project, args);
  expect(ended.output).toContain(` ${passed} pass\n 0 fail\n`);
});
