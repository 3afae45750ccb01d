// The globals IdentityTransformStream and FixedLengthStream, built at their first use.
// https://developers.cloudflare.com/workers/runtime-apis/streams/transformstream/

import type { Undo } from "../undo.ts";
import { lazyGlobal, once } from "./install.ts";
import type { Scope } from "./types.ts";

/** Adds both classes. */
export function patchIdentityStreams(target: Scope): Undo {
  const classes = once(() => {
    const module = require("./identity-classes.ts") as typeof import("./identity-classes.ts");
    return module.buildIdentityStreams(target.TransformStream);
  });
  // No list is mapped: the engine would compile its own `map` for it, before every test file.
  const undoIdentity = lazyGlobal(target, "IdentityTransformStream", {
    build: () => classes().IdentityTransformStream,
  });
  const undoFixed = lazyGlobal(target, "FixedLengthStream", {
    build: () => classes().FixedLengthStream,
  });
  return () => {
    undoFixed();
    undoIdentity();
  };
}
