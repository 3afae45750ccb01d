// What a failing test shows: the user's own line first, in the test that caused it, and nothing of bunflare's bundle.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { type Packed, pack, runTests } from "./support.ts";

let packed: Packed;
let project: string;
/** What the runner wrote about each test, by its name. */
let reports: Map<string, string>;

beforeAll(async () => {
  packed = await pack();
  project = await packed.install("failures");
  const { output } = await runTests(project, ["failures.test.ts"]);
  reports = new Map();
  let report = "";
  for (const line of output.split("\n")) {
    const [, verdict, name] = /^\((fail|pass)\) (.*?)(?: \[[\d.]+ms\])?$/.exec(line) ?? [];
    if (verdict === undefined || name === undefined) {
      report += `${line}\n`;
    } else if (!reports.has(name)) {
      reports.set(name, `${verdict}\n${report}`);
      report = "";
    }
  }
}, 30_000);

afterAll(() => packed[Symbol.dispose]());

const WORKER = "worker.ts";
const TEST = "failures.test.ts";

test.each([
  ["request throws", WORKER, 'throw new Error("thrown by the handler")'],
  ["request background", WORKER, 'throw new Error("thrown in waitUntil()")'],
  ["request background, not awaited", WORKER, 'throw new Error("thrown in waitUntil()")'],
  ["request timer", WORKER, 'throw new Error("thrown by a timer")'],
  ["request query", WORKER, 'DB.prepare("SELECT nothing").all()'],
  ["request key", WORKER, 'KV.get("")'],
  ["request outbound", WORKER, 'fetch("https://api.test/user")'],
  ["request no-response", TEST, "worker.fetch("],
  ["matcher", TEST, 'toHaveKey("missing")'],
])("%s fails, and shows the line in %s first", (name, file, code) => {
  const report = reports.get(name) ?? "no report";
  expect(report).toStartWith("fail\n");
  const [, line] = /\n( *\d+ \|.*)\n *\^\n/.exec(report) ?? [];
  expect(line).toContain(code);
  const [, place] = /\n +at (.*)/.exec(report) ?? [];
  expect(place).toContain(`/${file}:`);
  expect(report).not.toContain("bunflare/dist");
});

test("no error of one test reaches another", () => {
  expect(reports.get("passes")).toBe("pass\n");
});

test("an error in a CommonJS test file fails the test that caused it", async () => {
  const { output } = await runTests(project, ["commonjs.test.js"]);
  expect(output).toMatch(/\n\(fail\) request background .*\n\(pass\) passes /);
  expect(output).toContain("error: thrown in waitUntil()");
});

test("an error outside of tests fails the run, unless it is taken", async () => {
  const { output, exitCode } = await runTests(project, ["outside.test.ts"]);
  expect(output).toContain("error: thrown in waitUntil()");
  expect(output).toContain(" 1 error\n");
  expect(output).not.toContain("taken");
  expect(exitCode).toBe(1);
});

test('network = "deny" stops what nobody mocked', async () => {
  const ended = await runTests(project, ["mocks.test.ts"]);
  expect(ended.output).toContain(" 7 pass\n 0 fail\n");
});

test.each([[[]], [["--isolate"]]])(
  "hooks within tests, async contexts and done() work as in the runner with %j",
  async (args) => {
    const ended = await runTests(project, ["runner.test.ts", ...args]);
    expect(ended.output).toContain(" 0 fail\n");
    expect(ended.exitCode).toBe(0);
  },
);

test("says that the preload did not run", async () => {
  const ended = await runTests(join(project, "unloaded"), []);
  expect(ended.output).toContain(
    `[bunflare] the preload did not run: the bunfig.toml of the working directory, ${join(project, "unloaded")}, does not name it.`,
  );
});

test("says that cloudflare:workers cannot be imported in a preload, but in its hooks", async () => {
  const early = await runTests(join(project, "early"), []);
  expect(early.output).toContain(
    '[bunflare] "cloudflare:workers" was imported in a preload: each test file has its own.',
  );
  const hooked = await runTests(join(project, "hooked"), []);
  expect(hooked.output).toContain(" 1 pass\n 0 fail\n");
});
