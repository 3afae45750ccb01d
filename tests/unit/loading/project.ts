// A project in a temporary folder, whose tests run in a process of their own: what is found before the first import of a
// test file cannot be seen from inside one.

import { join } from "node:path";
import { createFolder, type Folder } from "../config/folder.ts";

const ROOT = join(import.meta.dir, "../../..");

/** A project, and how its tests went. */
export interface Ran {
  readonly folder: Folder;
  readonly exitCode: number;
  readonly output: string;
}

/** Writes a project; its tests import "bunflare", and have the preload of the sources. */
export function createProject(files: Readonly<Record<string, string>>, options = ""): Folder {
  return createFolder({
    "bunfig.toml": `[test]\npreload = ["${ROOT}/preset/preload.ts"]\n\n${options}`,
    "tsconfig.json": JSON.stringify({
      compilerOptions: { paths: { bunflare: [`${ROOT}/preset/index.ts`] } },
    }),
    ...files,
  });
}

/** Runs the tests of a project. */
export async function runTests(folder: Folder, args: readonly string[] = []): Promise<Ran> {
  const { BUN_OPTIONS, BUN_TEST_WORKER_ID, JEST_WORKER_ID, ...env } = process.env;
  const child = Bun.spawn([process.execPath, "test", ...args], {
    cwd: folder.path,
    env: { ...env, FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, error] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { folder, exitCode: await child.exited, output: out + error };
}
