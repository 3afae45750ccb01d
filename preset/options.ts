// The `[bunflare]` options, read once for each run, when they are first asked for.

import type { Options } from "../runtime/config/options.ts";
import { memory } from "./memory.ts";

/** The options. Throws `ConfigError` "option_unknown" or "option_invalid". */
export function currentOptions(): Options {
  return (memory().options ??= load());
}

function load(): Options {
  const { loadOptions } =
    require("../runtime/config/options.ts") as typeof import("../runtime/config/options.ts");
  return loadOptions(process.cwd());
}
