// What each global is when it is first read. https://developers.cloudflare.com/workers/runtime-apis/web-standards/

import { buildCrypto } from "./crypto.ts";
import type { LazyName } from "./index.ts";
import { once } from "./install.ts";
import { createKits, type Kits } from "./kits.ts";
import type { Natives } from "./natives.ts";
import { abstractBody, cloudflare, eventClass } from "./scope.ts";
import type { GlobalsOptions, Scope } from "./types.ts";

/** The builders of one installation. */
export interface Builders {
  readonly kits: Kits;
  /** Each is called once. */
  readonly build: Readonly<Record<LazyName, () => unknown>>;
}

/** Makes the builders; what they need of each other is in their kits. */
export function createBuilders(target: Scope, natives: Natives, options: GlobalsOptions): Builders {
  const kits = createKits(target, natives, options);
  // The parent is read from the scope, where it may be lazy too.
  const event = (name: LazyName, parent: "Event" | "ExtendableEvent") => (): unknown =>
    eventClass(name, Reflect.get(target, parent) as typeof Event);
  const identityStreams = once(() => {
    const module = require("./identity-classes.ts") as typeof import("./identity-classes.ts");
    return module.buildIdentityStreams(target.TransformStream);
  });
  const navigatorModule = once(
    () => require("./navigator-class.ts") as typeof import("./navigator-class.ts"),
  );
  const navigatorClass = once(() => navigatorModule().navigatorClass(target));
  const sockets = once(() => {
    const { buildSockets } = require("./socket-classes.ts") as typeof import("./socket-classes.ts");
    return buildSockets(natives.WebSocket, kits, {
      later: target.setImmediate,
      snapshot: () => options.snapshot?.() ?? ((run) => run()),
      holdEvent: () => options.holdEvent?.() ?? (() => undefined),
      autoReply: () => kits.flag("web_socket_auto_reply_to_close"),
    });
  });
  return {
    kits,
    build: {
      Blob: () => kits.blobs().Blob,
      Body: () => abstractBody(natives),
      Cloudflare: () => cloudflare(options.flags),
      EventSource() {
        const module =
          require("./event-source-class.ts") as typeof import("./event-source-class.ts");
        // It uses the scope's own `fetch` and timers, as they are when it does.
        return module.buildEventSource(target);
      },
      ExtendableEvent: event("ExtendableEvent", "Event"),
      FetchEvent: event("FetchEvent", "ExtendableEvent"),
      File: () => kits.blobs().File,
      FixedLengthStream: () => identityStreams().FixedLengthStream,
      Headers: () => kits.headers(),
      IdentityTransformStream: () => identityStreams().IdentityTransformStream,
      Navigator: navigatorClass,
      PromiseRejectionEvent: event("PromiseRejectionEvent", "Event"),
      ReadableStream: () => kits.readableStream(),
      Request: () => kits.request(),
      Response: () => kits.response().Response,
      ScheduledEvent: event("ScheduledEvent", "ExtendableEvent"),
      TailEvent: event("TailEvent", "ExtendableEvent"),
      TraceEvent: event("TraceEvent", "ExtendableEvent"),
      WebSocket: () => sockets().WebSocket,
      WebSocketPair: () => sockets().WebSocketPair,
      WebSocketRequestResponsePair: () => sockets().WebSocketRequestResponsePair,
      crypto: () => buildCrypto(target, natives.crypto, kits),
      navigator: () => new (navigatorClass())(navigatorModule().creation),
      scheduler() {
        const { buildScheduler } =
          require("./scheduler-class.ts") as typeof import("./scheduler-class.ts");
        return buildScheduler(options.wait);
      },
    },
  };
}
