// The temporary directory (decision 5): gone after every end of a run, and swept by a later run where nobody was left to
// remove it.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { appendFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cleanEnv, type Packed, pack, runTests } from "./support.ts";

let packed: Packed;
let project: string;

beforeAll(async () => {
  packed = await pack();
  project = await packed.install("lifecycle");
}, 30_000);

afterAll(() => packed[Symbol.dispose]());

const DEADLINE_MS = 3000;

function left(): string[] {
  return readdirSync(join(project, "temporary")).filter((name) => name !== ".gitkeep");
}

/** Where no hook of the runner is called at the end, a janitor removes the directory shortly after it. */
async function leftInTheEnd(): Promise<string[]> {
  const deadline = Date.now() + DEADLINE_MS;
  while (left().length > 0 && Date.now() < deadline) await Bun.sleep(10);
  return left();
}

const MODES = [[], ["--isolate"], ["--parallel=2"], ["--parallel=2", "--no-isolate"]];
const ENDS = [
  { file: "pass.test.ts", exitCode: 0 },
  { file: "fail.test.ts", exitCode: 1 },
  { file: "timeout.test.ts", exitCode: 1 },
];
const RUNS = MODES.flatMap((mode) => [
  ...ENDS.map((end) => ({ ...end, args: mode })),
  { file: "fail.test.ts", exitCode: 1, args: [...mode, "--bail"] },
]);

test.each(RUNS)("leaves no directory after $file with $args", async ({ file, exitCode, args }) => {
  // --parallel starts workers only for several files.
  const ended = await runTests(project, ["begin.test.ts", file, ...args]);
  expect(ended.exitCode).toBe(exitCode);
  expect(await leftInTheEnd()).toEqual([]);
});

test("has a directory from the first file on under --isolate, and removes it after a SIGKILL", async () => {
  const observed = join(project, "observed-here");
  const killed = await runTests(project, ["begin.test.ts", "zap.test.ts", "--isolate"], {
    OBSERVED: observed,
  });
  expect(killed.signalCode).toBe("SIGKILL");
  expect(await Bun.file(observed).text()).toBe("false\ntrue\n");
  expect(await leftInTheEnd()).toEqual([]);
});

test("sweeps what a process has left that ended together with its janitor", async () => {
  const dead = Bun.spawn(["true"]);
  await dead.exited;
  const prefix = `bunflare-${process.getuid?.()}-`;
  await Bun.write(join(project, "temporary", `${prefix}${dead.pid}`, "world-1/file"), "left");
  // A process that lives keeps its own.
  await Bun.write(join(project, "temporary", `${prefix}${process.pid}`, "world-1/file"), "used");
  await runTests(project, ["begin.test.ts", "pass.test.ts", "--isolate"]);
  expect(left()).not.toContain(`${prefix}${dead.pid}`);
  expect(left()).toContain(`${prefix}${process.pid}`);
  rmSync(join(project, "temporary", `${prefix}${process.pid}`), { recursive: true });
  expect(await leftInTheEnd()).toEqual([]);
});

test("a failing test shows its own line first", async () => {
  const { output } = await runTests(project, ["fail.test.ts"]);
  expect(output).toMatch(/\n\d+ \| +expect\(1\)\.toBe\(2\);\n +\^\n/);
  expect(output).toMatch(/Received: 1\n\n +at .*fail\.test\.ts:6:/);
});

test("leaves no directory after process.exit() in a test", async () => {
  await runTests(project, ["exit.test.ts"]);
  expect(await leftInTheEnd()).toEqual([]);
});

test("runs again with fresh stores when a file changes under --watch", async () => {
  const child = Bun.spawn([process.execPath, "test", "--watch", "pass.test.ts"], {
    cwd: project,
    env: cleanEnv(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  const decoder = new TextDecoder();
  let runs = 0;
  for await (const chunk of child.stderr) {
    output += decoder.decode(chunk, { stream: true });
    const finished = output.split("Ran 1 test").length - 1;
    if (finished > runs) {
      runs = finished;
      if (runs === 3) break;
      appendFileSync(join(project, "worker.ts"), `// ${runs}\n`);
    }
  }
  child.kill("SIGKILL");
  await child.exited;
  expect(runs).toBe(3);
  expect(output).not.toContain(" 1 fail");
  expect(await leftInTheEnd()).toEqual([]);
});
