// The class of `navigator`. https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent

import { illegalConstructor, wrongParameter } from "../platform/arguments.ts";
import { platformClass } from "../platform/class.ts";
import type { Scope } from "./types.ts";

/** What only the platform passes to the constructor. */
export const creation = Symbol("creation");

/** Builds the class. */
export function navigatorClass(target: Scope): new (token: unknown) => object {
  class Navigator {
    constructor(token?: unknown) {
      if (token !== creation) throw illegalConstructor();
      const values = {
        languages: ["en"],
        language: "en",
        platform: "",
        hardwareConcurrency: 1,
        userAgent: "Cloudflare-Workers",
      };
      for (const [name, value] of Object.entries(values)) {
        Object.defineProperty(this, name, { value, enumerable: true, configurable: true });
      }
    }

    /** Posts in the background; the answer is not read. */
    sendBeacon(url?: unknown, body?: unknown): boolean {
      if (arguments.length === 0) throw wrongParameter("Navigator", "sendBeacon", 1, "string");
      // As in browsers, nobody hears of a beacon that did not arrive.
      target
        .fetch(String(url), { method: "POST", body: body as Bun.BodyInit })
        .catch(() => undefined);
      return true;
    }
  }
  return platformClass(Navigator);
}
