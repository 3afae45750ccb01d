// All tests: the project's own, those of each example Worker with the built package, and those of the packed package in
// new directories. Arguments go to `bun test`; with any, the last part is left out, because it has modes of its own.

import { join } from "node:path";
import { ROOT, workerDirectories } from "./project.ts";

interface Counts {
  pass: number;
  fail: number;
}

const args = process.argv.slice(2);
const PACKAGE_TESTS = "tests/package";

const suites: { name: string; cwd: string; args: string[] }[] = [
  {
    name: "bunflare",
    cwd: ROOT,
    // The flag replaces the patterns of bunfig.toml.
    args: ["--path-ignore-patterns", `{tests/workers,${PACKAGE_TESTS}}/**`, ...args],
  },
  ...workerDirectories().map((name) => ({ name, cwd: join(ROOT, name), args })),
];
if (args.length === 0) {
  suites.push({ name: "the packed package", cwd: ROOT, args: [`./${PACKAGE_TESTS}/`] });
}

const total: Counts = { pass: 0, fail: 0 };
for (const suite of suites) {
  console.log(`\n# ${suite.name}: bun test ${suite.args.join(" ")}`);
  const { exitCode, counts } = await run(suite.args, suite.cwd);
  total.pass += counts.pass;
  total.fail += counts.fail;
  if (exitCode !== 0) {
    console.error(`\n${suite.name}: failed`);
    process.exitCode = 1;
  }
}
console.log(`\n${total.pass} pass, ${total.fail} fail in ${suites.length} suites`);

async function run(args: string[], cwd: string): Promise<{ exitCode: number; counts: Counts }> {
  const child = Bun.spawn([process.execPath, "test", ...args], {
    cwd,
    stdio: ["ignore", "inherit", "pipe"],
    env: { ...process.env, ...(process.stderr.isTTY ? { FORCE_COLOR: "1" } : {}) },
  });
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stderr) {
    process.stderr.write(chunk);
    text += decoder.decode(chunk, { stream: true });
  }
  return { exitCode: await child.exited, counts: countsOf(text) };
}

/** Reads the last summary: " 12 pass" and " 0 fail". */
function countsOf(text: string): Counts {
  const plain = Bun.stripANSI(text);
  const last = (word: string): number =>
    Number([...plain.matchAll(new RegExp(`^ *(\\d+) ${word}$`, "gm"))].at(-1)?.[1] ?? 0);
  return { pass: last("pass"), fail: last("fail") };
}
