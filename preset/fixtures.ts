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
    // The same from run to run, also where data is kept.
    get seed() {
      return `${currentOptions().seed ?? 0}:${file.name}`;
    },
    world: () => file.world(),
  };
}
