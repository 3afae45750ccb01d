// `navigator` and its class, built at their first use.
// https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent

import type { Undo } from "../undo.ts";
import { lazyGlobal, once } from "./install.ts";
import type { Scope } from "./types.ts";

/** Replaces `navigator` and adds `Navigator`. */
export function patchNavigator(target: Scope): Undo {
  const native = target.navigator;
  const module = once(
    () => require("./navigator-class.ts") as typeof import("./navigator-class.ts"),
  );
  const made = once(() => module().navigatorClass(target));
  const undoClass = lazyGlobal(target, "Navigator", { build: made });
  const undo = lazyGlobal(target, "navigator", {
    build: () => new (made())(module().creation),
    native: () => native,
    enumerable: true,
  });
  return () => {
    undo();
    undoClass();
  };
}
