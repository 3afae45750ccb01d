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
  const names = ["IdentityTransformStream", "FixedLengthStream"] as const;
  const undos = names.map((name) => lazyGlobal(target, name, { build: () => classes()[name] }));
  return () => undos.reverse().forEach((undo) => undo());
}
