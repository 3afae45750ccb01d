import type { Plain } from "../runtime/binding.ts";
import type { FileScope } from "./file-scope.ts";

/** Makes `stateOf` for a test file. */
export function stateOfFor(file: () => FileScope): (target: unknown, query?: unknown) => Plain {
  return (target, query) => {
    // Loaded here: most files take no snapshot.
    const { stateOf } = require("../runtime/inspect.ts") as typeof import("../runtime/inspect.ts");
    return stateOf(file().world(), target, query);
  };
}
