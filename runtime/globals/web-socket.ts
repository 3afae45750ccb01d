// The globals WebSocket, WebSocketPair and WebSocketRequestResponsePair, built at their first use.
// https://developers.cloudflare.com/workers/runtime-apis/websockets/

import type { Undo } from "../undo.ts";
import { lazyGlobal, once } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Scope } from "./types.ts";

/** Replaces `WebSocket` and adds the classes of pairs. */
export function patchWebSocket(target: Scope, kits: Kits): Undo {
  const native = target.WebSocket;
  const { snapshot, holdEvent } = kits.options;
  const classes = once(() => {
    const { buildSockets } = require("./socket-classes.ts") as typeof import("./socket-classes.ts");
    return buildSockets(native, kits, {
      later: target.setImmediate,
      snapshot: () => snapshot?.() ?? ((run) => run()),
      holdEvent: () => holdEvent?.() ?? (() => undefined),
      autoReply: () => kits.flag("web_socket_auto_reply_to_close"),
    });
  });
  const undos = [
    lazyGlobal(target, "WebSocket", { build: () => classes().WebSocket, native: () => native }),
    lazyGlobal(target, "WebSocketPair", { build: () => classes().WebSocketPair }),
    lazyGlobal(target, "WebSocketRequestResponsePair", {
      build: () => classes().WebSocketRequestResponsePair,
    }),
  ];
  return () => undos.reverse().forEach((undo) => undo());
}
