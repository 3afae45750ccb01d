// Which objects are ends of a WebSocketPair: a Response may carry those, and hibernation reaches behind them.

import { slot } from "./slot.ts";
import type { SocketEnd } from "./socket-end.ts";

/** The end behind a socket object. */
export const socketEnds = slot<SocketEnd>();

/** Whether a value is an end of a WebSocketPair. */
export function isWebSocket(value: unknown): value is WebSocket {
  return Object(value) === value && socketEnds.has(value as object);
}
