// A project with a preload of its own: what it sets up holds in every file, in every mode of the runner.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { filesIn, type Packed, pack, runTests } from "./support.ts";

let packed: Packed;
let project: string;

beforeAll(async () => {
  packed = await pack();
  project = await packed.install("setup");
}, 30_000);

afterAll(() => packed[Symbol.dispose]());

test.each([
  [[], 12],
  [["--isolate"], 12],
  [["--parallel=2"], 12],
  [["--parallel=2", "--no-isolate"], 12],
  [["--rerun-each=2"], 24],
  [["--isolate", "--rerun-each=2"], 24],
  [["--parallel=2", "--rerun-each=2"], 24],
] as const)("mocks and hooks of a preload hold in every file with %j", async (args, passed) => {
  const before = filesIn(project);
  const ended = await runTests(project, args);
  expect(ended.output).toContain(` ${passed} pass\n 0 fail\n`);
  expect(filesIn(project)).toEqual(before);
});
