// The built halves of the patched globals, each made when it is first needed, and undone together. A kit belongs
// to one installation; two installations share nothing.

import type { PatchedBlobs } from "./blob-classes.ts";
import { once, UndoStack } from "./install.ts";
import type { Natives } from "./natives.ts";
import type { PatchedResponse } from "./response-class.ts";
import { streamConstructor } from "./streams.ts";
import type { PatchedStreams } from "./stream-classes.ts";
import type { Undo } from "../undo.ts";
import type { GlobalsOptions, Scope } from "./types.ts";

/** Everything the patches need of each other. */
export interface Kits {
  readonly natives: Natives;
  readonly options: GlobalsOptions;
  headers(): typeof Headers;
  blobs(): PatchedBlobs;
  readableStream(): typeof ReadableStream;
  streams(): PatchedStreams;
  response(): PatchedResponse;
  request(): typeof Request;
  /** Whether a compatibility flag is on. */
  flag(name: string): boolean;
  /** Adds what takes back a change of a native prototype. */
  atUndo(undo: Undo): void;
  /** Takes back what was changed on native prototypes. */
  undo(): void;
}

// The classes that nearly every Worker's test uses load together.
function core(): typeof import("./core.ts") {
  return require("./core.ts") as typeof import("./core.ts");
}

/** Makes the kits of one installation. */
export function createKits(target: Scope, natives: Natives, options: GlobalsOptions): Kits {
  const undos = new UndoStack();
  const built = <T extends { undo(): void }>(make: () => T): T => {
    const made = make();
    undos.add(() => made.undo());
    return made;
  };
  const kits: Kits = {
    natives,
    options,
    headers: once(() => built(() => core().buildHeaders(natives.Headers)).Headers),
    response: once(() => {
      const { buildResponse, buildRewriter } = core();
      undos.add(buildRewriter(target, kits));
      return built(() => buildResponse(kits));
    }),
    request: once(() => built(() => core().buildRequest(kits)).Request),
    blobs: once(() => {
      const { buildBlobs, buildFormData } = require("./blobs.ts") as typeof import("./blobs.ts");
      // Only blobs make a difference to form data.
      undos.add(buildFormData(target.FormData, kits));
      return buildBlobs(natives.Blob, natives.File);
    }),
    readableStream: once(() => streamConstructor(kits)),
    streams: once(() => {
      const { buildStreams } =
        require("./stream-classes.ts") as typeof import("./stream-classes.ts");
      return built(() => buildStreams(target, kits));
    }),
    flag: (name) => options.flag?.(name) ?? true,
    atUndo: (undo) => undos.add(undo),
    undo: () => undos.undo(),
  };
  return kits;
}
