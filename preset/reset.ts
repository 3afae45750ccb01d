import type { FileScope } from "./file-scope.ts";

/** Makes `reset` for a test file. */
export function resetFor(file: () => FileScope): () => void {
  return () => file().world().reset();
}
