// The global fetch. A plain function from the start, so that spies and mocks can take its place; what it does is loaded
// at its first call. https://developers.cloudflare.com/workers/runtime-apis/fetch/

import type { Undo } from "../undo.ts";
import { once } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Scope } from "./types.ts";

/** Replaces `fetch`. */
export function patchFetch(target: Scope, kits: Kits): Undo {
  const native = kits.natives.fetch;
  const made = once(() => {
    const { buildFetch } = require("./fetch-function.ts") as typeof import("./fetch-function.ts");
    return buildFetch(native, kits);
  });
  function fetch(...args: unknown[]): Promise<Response> {
    return Reflect.apply(made(), undefined, args) as Promise<Response>;
  }
  fetch.preconnect = native.preconnect;
  target.fetch = fetch as typeof native;
  return () => {
    target.fetch = native;
  };
}
