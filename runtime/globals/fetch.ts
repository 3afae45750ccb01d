// The global fetch. A plain function from the start, so that spies and mocks can take its place; what it does is loaded
// at its first call. https://developers.cloudflare.com/workers/runtime-apis/fetch/

import type { Undo } from "../undo.ts";
import type { Kits } from "./kits.ts";
import type { Scope } from "./types.ts";

type Fetch = (...args: unknown[]) => Promise<Response>;

/** Replaces `fetch`. */
export function patchFetch(target: Scope, native: typeof globalThis.fetch, kits: () => Kits): Undo {
  let made: Fetch | null = null;
  function fetch(...args: unknown[]): Promise<Response> {
    if (made === null) {
      const { buildFetch } = require("./fetch-function.ts") as typeof import("./fetch-function.ts");
      made = buildFetch(native, kits());
    }
    return Reflect.apply(made, undefined, args);
  }
  fetch.preconnect = native.preconnect;
  target.fetch = fetch as typeof native;
  return () => {
    target.fetch = native;
  };
}
