// What a process keeps of a configuration from file to file: it is never an old one, and its warnings are printed once.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Packed, pack, runTests } from "./support.ts";

let packed: Packed;
let project: string;

beforeAll(async () => {
  packed = await pack();
  project = await packed.install("kept");
}, 30_000);

afterAll(() => packed[Symbol.dispose]());

test.each([[[]], [["--isolate"]]] as const)(
  "each file finds the configuration of its time with %j",
  async (args) => {
    const ended = await runTests(project, args);
    expect(ended.output).toContain(" 6 pass\n 0 fail\n");
    expect(ended.output.split("no_such_key")).toHaveLength(2);
  },
);
