// The global ReadableStream, built at its first use.
// https://developers.cloudflare.com/workers/runtime-apis/streams/

import type { Undo } from "../undo.ts";
import { lazyGlobal } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Scope } from "./types.ts";

/** Replaces `ReadableStream` and changes its readers at its first use. */
export function patchStreams(target: Scope, kits: Kits): Undo {
  return lazyGlobal(target, "ReadableStream", {
    build: () => kits.streams().ReadableStream,
    native: () => kits.natives.ReadableStream,
  });
}
