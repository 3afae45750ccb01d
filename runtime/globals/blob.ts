// The globals Blob and File, built at their first use. https://developer.mozilla.org/docs/Web/API/Blob

import type { Undo } from "../undo.ts";
import { lazyGlobal } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Scope } from "./types.ts";

/** Replaces `Blob` and `File` at their first use. */
export function patchBlob(target: Scope, kits: Kits): Undo {
  const { natives } = kits;
  const undos = [
    lazyGlobal(target, "Blob", { build: () => kits.blobs().Blob, native: () => natives.Blob }),
    lazyGlobal(target, "File", { build: () => kits.blobs().File, native: () => natives.File }),
  ];
  return () => undos.reverse().forEach((undo) => undo());
}
