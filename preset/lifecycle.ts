// The life of test files (decision 1): sees the next one before its first line runs, ends the last one, and makes sure
// that no module, mock or fake time of it reaches the next.

import { afterAll, jest, setSystemTime } from "bun:test";
import { currentFile, notePreload, setCurrentFile } from "./current-file.ts";
import { FileScope } from "./file-scope.ts";
import { forgetModules } from "./module-cache.ts";
import { undoModuleMocks } from "./module-mocks.ts";
import { writeMemory } from "./memory.ts";
import { removeProcessDirectory, writeImages } from "./process-directory.ts";
import { prepareLate, prepareLoading } from "./project.ts";

/** Registers the hooks. */
export function watchFiles(): void {
  notePreload();
  Bun.plugin({
    name: "bunflare-files",
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => {
        // Entries have no importer: preloads, and each test file. While a preload is resolved, Bun.main is already
        // the test file.
        if (args.importer === "" && args.path === Bun.main) startFile(args.path);
        else prepareLate();
        return undefined;
      });
    },
  });
  // The preload's own afterAll runs after the user's: once at the end of a run, after each file under --isolate and
  // --parallel.
  afterAll(() => {
    currentFile()?.close();
    // After several files it is the end of the run; after one, memory may be about to go (--isolate).
    if (files === 1) {
      writeMemory();
      writeImages();
    }
    removeProcessDirectory();
  });
}

let files = 0;

function startFile(path: string): void {
  files++;
  const last = currentFile();
  if (last !== undefined) {
    last.close();
    jest.useRealTimers();
    setSystemTime();
    forgetModules(last.path);
    undoModuleMocks();
  }
  const file = new FileScope(path);
  setCurrentFile(file);
  prepareLoading(file);
}
