// Work that a test file leaves behind (decisions 1 and 2): in every mode of the runner it is refused or cancelled, and
// the next file starts with nothing. The project's two files leave a promise, a timer, a captured binding and a request.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { type Packed, pack, runTests } from "./support.ts";

let packed: Packed;
let project: string;

beforeAll(async () => {
  packed = await pack();
  project = await packed.install("leftovers");
}, 30_000);

afterAll(() => packed[Symbol.dispose]());

const CLOSED = /^(\w+): BunflareError: \[bunflare\] the store of [ab]\.test\.ts is closed/;

const KINDS = ["captured", "promise", "request"];

/**
 * The kinds of leftovers that went on after their file, each of them refused. The timer is never among them: it is
 * cancelled.
 */
async function refused(args: readonly string[]): Promise<Set<string>> {
  const outcomes = join(project, `outcomes${args.join("")}`);
  const ended = await runTests(project, args, { OUTCOMES: outcomes });
  expect(ended.output).toContain(" 0 fail");
  expect(ended.exitCode).toBe(0);
  const file = Bun.file(outcomes);
  const lines = (await file.exists()) ? (await file.text()).trim().split("\n") : [];
  return new Set(lines.map((line) => CLOSED.exec(line)?.[1] ?? `not refused: ${line}`));
}

// Both files run in one process and one global object: what is not cancelled goes on while the second file runs.
test.each([[[]], [["--randomize"]], [["--concurrent"]], [["--rerun-each=2"]]])(
  "refuses leftovers with %j",
  async (args) => {
    expect([...(await refused(args))].sort()).toEqual(KINDS);
  },
);

// The global object of a file ends with it, or each file has a process of its own: nothing needs to go on.
test.each([
  [["--isolate"]],
  [["--parallel=2"]],
  [["--parallel=2", "--isolate"]],
  [["--parallel=2", "--no-isolate"]],
])("refuses or cancels leftovers with %j", async (args) => {
  expect(KINDS).toEqual(expect.arrayContaining([...(await refused(args))]));
});
