import type { stateOf as declared } from "../types/index.d.ts";
import type { FileScope } from "./file-scope.ts";

/** Makes `stateOf` for a test file. */
export function stateOfFor(file: () => FileScope): typeof declared {
  const stateOfTarget = (target: unknown, query?: unknown): unknown => {
    // Loaded here: most files take no snapshot.
    const { stateOf } = require("../runtime/inspect.ts") as typeof import("../runtime/inspect.ts");
    return stateOf(file().world(), target, query);
  };
  // The declared type follows from what the binding is, which is known when it runs.
  return stateOfTarget as typeof declared;
}
