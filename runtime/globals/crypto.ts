// What workerd adds to `crypto`, when it is first used: `timingSafeEqual`, MD5, `DigestStream`.
// https://developers.cloudflare.com/workers/runtime-apis/web-crypto/

import type { Undo } from "../undo.ts";
import { replace, replaceMethods } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Scope } from "./types.ts";

/** Adds the methods to the prototypes, and MD5 and workerd's messages to `digest`. */
export function buildCrypto(target: Scope, crypto: Crypto, kits: Kits): Crypto {
  const { subtleMethods } = require("./subtle-methods.ts") as typeof import("./subtle-methods.ts");
  const { subtle } = crypto;
  kits.atUndo(replaceMethods(Object.getPrototypeOf(subtle), subtleMethods(subtle)));
  kits.atUndo(addDigestStream(Object.getPrototypeOf(crypto), target));
  return crypto;
}

// The class is made at the first read.
function addDigestStream(prototype: object, target: Scope): Undo {
  const shape = { writable: true, enumerable: true, configurable: true };
  return replace(prototype, "DigestStream", {
    get() {
      const { buildDigestStream } =
        require("./digest-stream.ts") as typeof import("./digest-stream.ts");
      const value = buildDigestStream(target.WritableStream);
      Object.defineProperty(prototype, "DigestStream", { value, ...shape });
      return value;
    },
    enumerable: true,
  });
}
