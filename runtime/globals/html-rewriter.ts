// HTMLRewriter is Bun's; here it takes and gives the Response of this side.
// https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/

import type { Undo } from "../undo.ts";
import { replaceMethods } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Scope } from "./types.ts";

/** Changes `transform()`: the content type that a text brought goes along, and the result has workerd's members. */
export function buildRewriter(target: Scope, kits: Kits): Undo {
  const { prototype } = Reflect.get(target, "HTMLRewriter") as typeof HTMLRewriter;
  const transform = prototype.transform as (input: unknown) => unknown;
  return replaceMethods(prototype, {
    transform(this: HTMLRewriter, input: unknown) {
      const { Response } = kits.natives;
      if (input instanceof Response) kits.response().layer.headers(input);
      const output = Reflect.apply(transform, this, [input]);
      return output instanceof Response ? kits.response().adopt(output) : output;
    },
  });
}
