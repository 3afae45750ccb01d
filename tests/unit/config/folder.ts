// A temporary folder with files, for tests that read configurations.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { loadWorkerConfig } from "../../../runtime/config/load.ts";
import type { WorkerConfig } from "../../../runtime/config/types.ts";

export interface Folder extends Disposable {
  readonly path: string;
  /** An absolute path inside it. */
  at(name: string): string;
  write(name: string, content: string | Uint8Array): string;
}

/** Makes a folder with these files, by their paths in it; disposing it removes everything. */
export function createFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "bunflare-config-")));
  const folder: Folder = {
    path,
    at: (name) => join(path, name),
    write(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
  for (const [name, content] of Object.entries(files)) folder.write(name, content);
  return folder;
}

/** The error that `run` throws; the test fails when it throws none. */
export function thrownBy(run: () => unknown): Error & { code?: string; line?: number | null } {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** The configuration in a folder with this file alone; disposing it removes the folder. */
export function loadText(
  name: string,
  content: string,
  environment?: string,
): WorkerConfig & Disposable {
  // It is removed too where the configuration is refused.
  using stack = new DisposableStack();
  const { path } = stack.use(createFolder({ [name]: content }));
  const config = loadWorkerConfig({ from: [path], environment, processEnv: {} });
  const kept = stack.move();
  return Object.assign(config, { [Symbol.dispose]: () => kept.dispose() });
}

/** The message of an error without the folder that the test was run in. */
export function messageOf(run: () => unknown): string {
  return thrownBy(run).message.replaceAll(/\S*bunflare-config-\w+\//g, "");
}
