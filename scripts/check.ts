// Format, types of the project and of each example Worker, and the account of the conformance steps. Every part runs,
// and the first that fails decides the exit code.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT, workerDirectories } from "./project.ts";

const parts: { name: string; command: string[]; cwd: string }[] = [
  { name: "format", command: ["fmt", "--check", "--no-script"], cwd: ROOT },
  { name: "types", command: ["check", "--no-script"], cwd: ROOT },
  ...workerDirectories().map((directory) => ({
    name: `types of ${directory}`,
    command: ["check", "--no-script"],
    cwd: join(ROOT, directory),
  })),
];

const report = join(ROOT, "tests/conformance/report.ts");
if (existsSync(report)) parts.push({ name: "conformance", command: [report], cwd: ROOT });

for (const { name, command, cwd } of parts) {
  console.log(`\n# ${name}`);
  const { exitCode } = Bun.spawnSync([process.execPath, ...command], {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (exitCode !== 0) {
    console.error(`\n${name}: failed`);
    process.exitCode = exitCode;
  }
}
