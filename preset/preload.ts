// The preload: what `preload = ["bunflare/preload"]` runs before the first test file (under `--isolate` and
// `--parallel` before each). It must cost next to nothing: everything heavy is loaded when it is first used.

import { provideFixtures } from "./fixtures.ts";
import { provideAssets } from "./assets.ts";
import { watchFiles } from "./lifecycle.ts";
import { installMatchers } from "./matchers.ts";
import { provideModules } from "./modules.ts";
import { guardNetwork } from "./network.ts";
import { wrapRunner } from "./runner.ts";

provideModules();
provideAssets();
provideFixtures();
installMatchers();
wrapRunner();
guardNetwork();
watchFiles();
