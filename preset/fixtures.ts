// Tells `bunflare/fixtures` which test file runs.

import { type FixtureFile, setHost } from "../fixtures/host.ts";
import { currentFile, requireFile } from "./current-file.ts";
import type { FileScope } from "./file-scope.ts";
import { patchGlobals } from "./globals.ts";
import { currentOptions } from "./options.ts";

/** Provides it. */
export function provideFixtures(): void {
  setHost({
    current() {
      const file = currentFile();
      return file === undefined ? undefined : fixtureFile(file);
    },
    require: () => fixtureFile(requireFile()),
    patchGlobals,
  });
}

function fixtureFile(file: FileScope): FixtureFile {
  return {
    // Its base name: the same from wherever the tests are run.
    get seed() {
      const name = file.path.slice(file.path.lastIndexOf("/") + 1);
      return `${currentOptions().seed ?? 0}:${name}`;
    },
    world: () => file.world(),
  };
}
