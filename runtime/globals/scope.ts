// The globals that exist in workerd for `instanceof` and feature tests: classes that no code can construct, the
// abstract `Body`, `Cloudflare.compatibilityFlags`. https://developers.cloudflare.com/workers/runtime-apis/

import type { Natives } from "./natives.ts";
import type { GlobalsOptions } from "./types.ts";

/**
 * `Cloudflare`, with the flags of the running worker.
 * https://developers.cloudflare.com/workers/configuration/compatibility-flags/
 */
export function cloudflare(flags: GlobalsOptions["flags"]): object {
  const get = (): unknown => Object.freeze({ ...flags?.() });
  return Object.defineProperty({}, "compatibilityFlags", { get, enumerable: true });
}

/** The class that `Request` and `Response` are said to extend. */
export function abstractBody(natives: Natives): unknown {
  return class Body {
    constructor() {
      throw new TypeError("Illegal constructor");
    }

    static [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof natives.Request || value instanceof natives.Response;
    }
  };
}

/** A class of events that no code can construct. */
export function eventClass(name: string, Parent: typeof Event): unknown {
  // The name of a class that is an object's method is the method's key.
  const classes = {
    [name]: class extends Parent {
      constructor() {
        throw new TypeError("Illegal constructor");
        // Never reached: a derived class must call its parent's constructor.
        super("");
      }
    },
  };
  return classes[name];
}
