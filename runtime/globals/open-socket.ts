// A socket that is opened with a URL: Bun's, after workerd's checks.
// https://developers.cloudflare.com/workers/runtime-apis/websockets/#constructor

import { toText } from "../platform/arguments.ts";
import type { Kits } from "./kits.ts";

const { wrongConstruction } = require("./core.ts") as typeof import("./core.ts");

const protocolToken = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Opens it with the constructor's arguments. */
export function openSocket(Native: typeof WebSocket, args: unknown[], kits: Kits): WebSocket {
  if (args.length === 0) throw wrongConstruction("WebSocket", 1, "string");
  const refuse = (what: string): never => {
    throw new DOMException(`WebSocket Constructor: ${what}`, "SyntaxError");
  };
  const text = toText(args[0]);
  if (!URL.canParse(text)) refuse("The url is invalid.");
  const url = new URL(text);
  url.protocol = url.protocol.replace(/^http/, "ws");
  if (url.protocol !== "ws:" && url.protocol !== "wss:")
    refuse("The url scheme must be ws or wss.");
  if (url.hash !== "") refuse("The url fragment must be empty.");
  const [, protocols] = args;
  if (typeof protocols === "string" || Array.isArray(protocols)) {
    const list = [protocols].flat().map(toText);
    if (new Set(list).size < list.length) {
      refuse("The protocols header cannot have repeating values.");
    }
    if (!list.every((name) => protocolToken.test(name))) {
      refuse("The protocol header token is invalid.");
    }
  }
  const socket = new Native(url.href, protocols as string[]);
  socket.binaryType = kits.flag("websocket_standard_binary_type") ? "blob" : "arraybuffer";
  return socket;
}
