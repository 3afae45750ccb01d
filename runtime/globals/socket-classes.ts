// WebSocket, WebSocketPair and WebSocketRequestResponsePair. The ends of a pair are objects of our own; a socket
// that is opened with a URL is Bun's, after workerd's checks.
// https://developers.cloudflare.com/workers/runtime-apis/websockets/

import { readAttachment, writeAttachment } from "./attachment.ts";
import { illegalInvocation, toNumber, toText, wrongParameter } from "../platform/arguments.ts";
import type { Kits } from "./kits.ts";
import { openSocket } from "./open-socket.ts";
import { slot } from "./slot.ts";
import { SocketEnd, type SocketHost, type SocketMessage } from "./socket-end.ts";

const { listIterator, socketEnds, toBytes, wrongConstruction } =
  require("./core.ts") as typeof import("./core.ts");

/** The classes. */
export interface SocketClasses {
  readonly WebSocket: typeof WebSocket;
  readonly WebSocketPair: new () => { 0: WebSocket; 1: WebSocket };
  readonly WebSocketRequestResponsePair: new (request: string, response: string) => object;
}

type Listener = ((event: Event) => void) | { handleEvent(event: Event): void };
type BinaryType = "blob" | "arraybuffer";

/** Builds the classes. */
export function buildSockets(
  Native: typeof WebSocket,
  kits: Kits,
  host: SocketHost,
): SocketClasses {
  const Socket = socketClass(Native, kits);
  class WebSocketPair {
    declare readonly 0: WebSocket;
    declare readonly 1: WebSocket;

    constructor() {
      SocketEnd.pair(host).forEach((end, index) => {
        const value = new Socket(end as never);
        Object.defineProperty(this, index, { value, enumerable: true });
      });
    }

    [Symbol.iterator]() {
      return listIterator("PairIterator", [this[0], this[1]]);
    }

    get [Symbol.toStringTag](): string {
      return "WebSocketPair";
    }
  }
  return { WebSocket: Socket, WebSocketPair, WebSocketRequestResponsePair: requestResponsePair() };
}

const ordinary = Function.prototype[Symbol.hasInstance];
const states = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };

function socketClass(Native: typeof WebSocket, kits: Kits): typeof WebSocket {
  const faces = slot<Face>();
  const face = (socket: unknown): Face => {
    const found = Object(socket) === socket ? faces.get(socket as object) : undefined;
    if (found === undefined) throw illegalInvocation();
    return found;
  };

  class WebSocket extends EventTarget {
    constructor(url?: unknown, protocols?: unknown) {
      if (!(url instanceof SocketEnd)) return openSocket(Native, [...arguments], kits) as never;
      super();
      socketEnds.set(this, url);
      const dispatch = (event: Event): void => {
        super.dispatchEvent(event);
      };
      faces.set(this, new Face(this, url, dispatch, kits));
    }

    get readyState(): number {
      return face(this).end.readyState;
    }

    get url(): string | null {
      face(this);
      return null;
    }

    get protocol(): string {
      face(this);
      return "";
    }

    get extensions(): string {
      face(this);
      return "";
    }

    get bufferedAmount(): number {
      face(this);
      return 0;
    }

    get binaryType(): string {
      return face(this).binaryType;
    }

    // Other values are ignored, as in browsers.
    set binaryType(type: string) {
      if (type === "blob" || type === "arraybuffer") face(this).binaryType = type;
    }

    accept(): void {
      face(this).accept();
    }

    send(data?: unknown): void {
      const { end } = face(this);
      if (arguments.length === 0) {
        throw wrongParameter("WebSocket", "send", 1, "ArrayBuffer or ArrayBufferView or string");
      }
      end.send(messageOf(data));
    }

    close(code?: unknown, reason?: unknown): void {
      const { end } = face(this);
      const [number, text] = closeArguments(code, reason);
      end.close(number, text);
    }

    serializeAttachment(value?: unknown): void {
      const { end } = face(this);
      if (arguments.length === 0) {
        throw wrongParameter("WebSocket", "serializeAttachment", 1, "Value");
      }
      end.attachment = writeAttachment(value);
    }

    deserializeAttachment(): unknown {
      return readAttachment(face(this).end.attachment);
    }

    override addEventListener(type: string, listener: Listener | null, options?: unknown): void {
      if ((options as { capture?: unknown } | undefined)?.capture === true) {
        throw new TypeError("addEventListener(): options.capture must be false.");
      }
      const wrapped = listener === null ? null : face(this).wrap(listener);
      super.addEventListener(type, wrapped as Listener, options as AddEventListenerOptions);
    }

    override removeEventListener(type: string, listener: Listener | null, options?: unknown): void {
      const wrapped = listener === null ? null : face(this).wrap(listener);
      super.removeEventListener(type, wrapped as Listener, options as EventListenerOptions);
    }

    override dispatchEvent(event: Event): boolean {
      face(this).dispatch(event);
      return !event.defaultPrevented;
    }

    get [Symbol.toStringTag](): string {
      return "WebSocket";
    }

    // A socket that was opened with a URL is Bun's.
    static override [Symbol.hasInstance](value: unknown): boolean {
      return ordinary.call(this, value) || (this === WebSocket && value instanceof Native);
    }
  }
  for (const [name, value] of Object.entries(states)) {
    for (const key of [name, `READY_STATE_${name}`]) {
      const constant = { value, enumerable: true, configurable: true };
      Object.defineProperty(WebSocket, key, constant);
      Object.defineProperty(WebSocket.prototype, key, constant);
    }
  }
  Object.defineProperty(WebSocket, "length", { value: 0, configurable: true });
  return WebSocket as unknown as typeof globalThis.WebSocket;
}

/** The part of a socket object that turns what its end receives into events. */
class Face {
  readonly end: SocketEnd;
  binaryType: BinaryType;
  readonly #socket: EventTarget;
  readonly #native: (event: Event) => void;
  readonly #wrapped = new WeakMap<object, (event: Event) => void>();
  #thrown: { error: unknown } | null = null;

  constructor(socket: EventTarget, end: SocketEnd, native: (event: Event) => void, kits: Kits) {
    this.#socket = socket;
    this.end = end;
    this.#native = native;
    this.binaryType = kits.flag("websocket_standard_binary_type") ? "blob" : "arraybuffer";
  }

  accept(): void {
    this.end.accept({
      message: (data) => this.dispatch(new MessageEvent("message", { data: this.#shown(data) })),
      close: (code, reason, wasClean) =>
        this.dispatch(new CloseEvent("close", { code, reason, wasClean })),
      error: (error) => {
        const message = `Uncaught ${String(error)}`;
        this.dispatch(new ErrorEvent("error", { error, message }));
      },
    });
  }

  #shown(data: SocketMessage): unknown {
    return typeof data === "string" || this.binaryType === "arraybuffer" ? data : new Blob([data]);
  }

  /** The listener that is registered in the place of the user's: it keeps what that one throws. */
  wrap(listener: Listener): (event: Event) => void {
    const known = this.#wrapped.get(listener);
    if (known !== undefined) return known;
    const wrapped = (event: Event): void => this.#call(listener, event);
    this.#wrapped.set(listener, wrapped);
    return wrapped;
  }

  /** Runs the `on…` property and the listeners; throws what the first of them threw, when all have run. */
  dispatch(event: Event): void {
    const handler: unknown = Reflect.get(this.#socket, `on${event.type}`);
    if (typeof handler === "function") this.#call(handler as (event: Event) => void, event);
    this.#native(event);
    const thrown = this.#thrown;
    this.#thrown = null;
    if (thrown !== null) throw thrown.error;
  }

  #call(listener: Listener, event: Event): void {
    try {
      if (typeof listener === "function") Reflect.apply(listener, this.#socket, [event]);
      else listener.handleEvent(event);
    } catch (error) {
      this.#thrown ??= { error };
    }
  }
}

function messageOf(data: unknown): SocketMessage {
  // Copied at once: the sender may reuse its memory.
  return toBytes(data)?.slice().buffer ?? toText(data);
}

/** Reads the arguments of close(); throws for what a Close frame cannot carry. */
export function closeArguments(code: unknown, reason: unknown): [number | undefined, string] {
  const number = code === undefined ? undefined : Math.trunc(toNumber(code)) || 0;
  const text = reason === undefined ? "" : toText(reason);
  if (number === undefined) {
    if (text === "") return [undefined, ""];
    const message = "If you specify a WebSocket close reason, you must also specify a code.";
    throw new DOMException(message, "InvalidAccessError");
  }
  if (number < 1000 || number >= 5000 || [1004, 1005, 1006, 1015].includes(number)) {
    throw new DOMException(`Invalid WebSocket close code: ${number}.`, "InvalidAccessError");
  }
  if (Buffer.byteLength(text) > 123) {
    const message = "WebSocket close reason must not be longer than 123 bytes when UTF-8 encoded.";
    throw new DOMException(message, "SyntaxError");
  }
  return [number, text];
}

function requestResponsePair(): SocketClasses["WebSocketRequestResponsePair"] {
  return class WebSocketRequestResponsePair {
    readonly #texts: readonly [request: string, response: string];

    constructor(request?: unknown, response?: unknown) {
      for (let index = 1; index <= 2; index++) {
        if (arguments.length < index) {
          throw wrongConstruction("WebSocketRequestResponsePair", index, "string");
        }
      }
      this.#texts = [toText(request), toText(response)];
    }

    get request(): string {
      return this.#texts[0];
    }

    get response(): string {
      return this.#texts[1];
    }

    get [Symbol.toStringTag](): string {
      return "WebSocketRequestResponsePair";
    }
  };
}
