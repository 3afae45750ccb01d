// The `[bunflare]` options, read once for each process (under `--isolate`: for each file), when they are first asked for.

import type { Options } from "../runtime/config/options.ts";

let options: Options | undefined;

/** The options. Throws `ConfigError` "option_unknown" or "option_invalid". */
export function currentOptions(): Options {
  if (options === undefined) {
    const { loadOptions } =
      require("../runtime/config/options.ts") as typeof import("../runtime/config/options.ts");
    options = loadOptions(process.cwd());
  }
  return options;
}
