// How bindings find the workers of their world.

import type { Owner } from "../owner.ts";
import type { Worker } from "./worker.ts";

/** The workers of a world. */
export interface WorkerLookup {
  /** The worker of a name; undefined when the world has none. */
  get(name: string): Worker | undefined;
  /** All names, the primary worker's first. */
  readonly names: readonly string[];
  /** Who causes what the calling code starts: the owner of its event, or its test. */
  owner(): Owner;
}
