// Response as workerd has it: `cf`, `webSocket`, content types, null-body statuses, and its refusals.
// https://developers.cloudflare.com/workers/runtime-apis/response/
// A subclass of Bun's class: Bun's own members cannot be redefined, and Bun.serve still takes its objects.

import { bodySource, consume, textType } from "./body-source.ts";
import { copyCf, newState, states, type BodyState } from "./body-state.ts";
import { bodyLayer, nativeGetter, nativeMembers, type BodyLayer } from "./body.ts";
import { toNumber, toText, wrongField, wrongParameter } from "../platform/arguments.ts";
import { wrongConstruction } from "./errors.ts";
import { areFrozen, freezeHeaders } from "./frozen-headers.ts";
import { forbiddenValue, token } from "./headers-class.ts";
import { replaceMethods } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Undo } from "../undo.ts";
import type { Cf, WorkerResponseInit } from "./types.ts";
import { isWebSocket } from "./socket-slot.ts";

type NativeResponse = typeof Response;

/** The patched class, and what others need to make its objects. */
export interface PatchedResponse {
  readonly Response: NativeResponse;
  readonly layer: BodyLayer;
  /** Makes a native response one of this class. */
  adopt(response: Response): Response;
  /** The same for what came from outside (a fetch result): its headers are immutable. */
  receive(response: Response): Response;
  readonly undo: Undo;
}

/** What the native constructor gets, and the record to keep. */
interface Prepared {
  readonly body: Bun.BodyInit | null;
  readonly init: ResponseInit | undefined;
  readonly state: BodyState;
}

/** Builds the class. */
export function buildResponse(kits: Kits): PatchedResponse {
  const Native = kits.natives.Response;
  const members = nativeMembers(Native.prototype);
  const layer = bodyLayer(Native, members, kits);
  const Patched = responseClass(Native, layer, kits);
  replaceMethods(Patched.prototype, layer.methods);
  const restore = replaceMethods(Native.prototype, { constructor: Patched });
  function adopt(response: Response): Response {
    layer.receive(response);
    return Object.setPrototypeOf(response, Patched.prototype) as Response;
  }
  return {
    Response: Patched,
    layer,
    adopt,
    receive(response) {
      freezeHeaders(layer.headers(adopt(response)));
      return response;
    },
    undo: restore,
  };
}

const ordinary = Function.prototype[Symbol.hasInstance];

// Without members: accessors may take the place of what Bun declares as properties.
type Base = new (body?: Bun.BodyInit | null, init?: ResponseInit) => object;

function responseClass(Native: NativeResponse, layer: BodyLayer, kits: Kits): NativeResponse {
  const status = nativeGetter<number>(Native.prototype, "status");
  class Response extends (Native as unknown as Base) {
    constructor(body?: unknown, init?: unknown) {
      if (init === undefined && typeof body === "string") {
        super(body);
        states.set(this, newState(undefined, textType));
      } else {
        const prepared = sendType(prepare(body, init, kits));
        super(prepared.body, prepared.init);
        states.set(this, prepared.state);
        settleType(this, prepared.state, layer);
      }
    }

    get headers(): Headers {
      return layer.headers(this);
    }

    get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
      return layer.stream(this) as ReadableStream<Uint8Array<ArrayBuffer>> | null;
    }

    get bodyUsed(): boolean {
      return layer.used(this);
    }

    get type(): "default" | "error" {
      return status(this) === 0 ? "error" : "default";
    }

    get cf(): Cf | undefined {
      return layer.state(this).cf;
    }

    get webSocket(): WebSocket | null {
      return layer.state(this).webSocket;
    }

    clone(): Response {
      const state = layer.state(this);
      if (state.webSocket !== null) {
        throw new TypeError("Cannot clone a response to a WebSocket handshake.");
      }
      return cloneBody(this, state, layer, Response.prototype) as Response;
    }

    static json(value?: unknown, init?: unknown): Response {
      if (arguments.length === 0) throw wrongParameter("Response", "json", 1, "Value");
      const text = String(JSON.stringify(value));
      const prepared = prepare(text, init, kits);
      if (prepared.state.type !== null) prepared.state.type = jsonType;
      const { body, init: made, state } = sendType(prepared);
      const response = Reflect.construct(Native, [body, made], Response) as object as Response;
      states.set(response, state);
      settleType(response, state, layer);
      return response;
    }

    static redirect(url?: unknown, status?: unknown): Response {
      if (arguments.length === 0) throw wrongParameter("Response", "redirect", 1, "string");
      const text = toText(url);
      if (!URL.canParse(text)) throw new TypeError(`Unable to parse URL: ${text}`);
      const code = status === undefined ? 302 : Math.trunc(toNumber(status)) || 0;
      if (![301, 302, 303, 307, 308].includes(code)) {
        throw new RangeError(
          `${code} is not a redirect status code. It must be one of: 301, 302, 303, 307, or 308.`,
        );
      }
      const headers = { location: new URL(text).href };
      const response = new Response(null, { status: code, headers });
      freezeHeaders(response.headers);
      return response;
    }

    static error(): Response {
      const response = Native.error();
      states.set(response, newState(null, null));
      return Object.setPrototypeOf(response, Response.prototype) as Response;
    }

    // Native results (Bun.serve, HTMLRewriter) are responses too.
    static override [Symbol.hasInstance](value: unknown): boolean {
      return this === Response ? value instanceof Native : ordinary.call(this, value);
    }
  }
  Object.defineProperty(Response, "length", { value: 0, configurable: true });
  return Response as unknown as NativeResponse;
}

const jsonType = "application/json";

// A content type is given to Bun at once where no headers stand in the way; that of text waits until the headers are
// read, because Bun sends it by itself.
function sendType(prepared: Prepared): Prepared {
  const { state, init } = prepared;
  if (state.type === null || state.type === textType || init?.headers !== undefined)
    return prepared;
  const headers = { "content-type": state.type };
  state.type = null;
  return { ...prepared, init: { ...init, headers } };
}

/**
 * Puts a content type into the headers that Bun would not send by itself; that of text waits until the headers are read.
 */
export function settleType(object: object, state: BodyState, layer: BodyLayer): void {
  if (state.type !== null && state.type !== textType) layer.headers(object);
}

/** Clones an object together with its record; refuses a body that is in use. */
export function cloneBody(
  object: object,
  state: BodyState,
  layer: BodyLayer,
  prototype: object,
): object {
  const held = state.body ?? null;
  if (layer.used(object) || layer.locked(object)) {
    throw new TypeError("This ReadableStream is currently locked to a reader,");
  }
  // The clone's headers are a copy of these, with the content type in place.
  const headers = layer.headers(object);
  const made = layer.nativeClone(object);
  if (areFrozen(headers)) freezeHeaders(layer.nativeHeaders(made));
  const copy = { ...state, cf: copyCf(state.cf) };
  if (held !== null) {
    // Both read from a branch from now on; a stream that the user still holds shows itself locked.
    if (!state.given) consume(held);
    state.body = state.given ? layer.nativeBody(object) : undefined;
    copy.body = state.given ? layer.nativeBody(made) : undefined;
  }
  states.set(made, copy);
  return Object.setPrototypeOf(made, prototype) as object;
}

function prepare(body: unknown, init: unknown, kits: Kits): Prepared {
  const source = bodySource(body);
  const state = newState(source.stream ?? (source.native === null ? null : undefined), source.type);
  state.given = source.stream !== null;
  if (init === undefined || init === null) return { body: source.native, init: undefined, state };
  if (typeof init !== "object" && typeof init !== "function") {
    throw wrongConstruction("Response", 2, "InitializerDict or Response");
  }
  const {
    status: given,
    statusText,
    headers,
    cf,
    webSocket,
    encodeBody,
  } = init as WorkerResponseInit;
  const status = given === undefined ? 200 : Math.trunc(toNumber(given)) || 0;
  state.webSocket = readWebSocket(webSocket);
  refuseStatus(status, state.webSocket);
  const text = statusText === undefined ? "" : toText(statusText);
  if (text !== "" && /[\0-\x1f]/.test(text)) throw new TypeError("Invalid statusText");
  if (encodeBody !== undefined && encodeBody !== "automatic" && encodeBody !== "manual") {
    throw new TypeError(`encodeBody: unexpected value: ${toText(encodeBody)}`);
  }
  state.cf = readCf(cf, "InitializerDict");
  let { native } = source;
  if (status === 101 || status === 204 || status === 205 || status === 304) {
    if (!source.empty) {
      throw new TypeError(
        "Response with null body status (101, 204, 205, or 304) cannot have a body.",
      );
    }
    native = null;
    state.body = null;
    state.type = null;
  }
  const kept =
    headers === undefined ? {} : { headers: readHeaders(headers, "InitializerDict", kits) };
  return { body: native, init: { status, statusText: text, ...kept }, state };
}

function readWebSocket(webSocket: unknown): WebSocket | null {
  if (webSocket === undefined || webSocket === null) return null;
  if (!isWebSocket(webSocket)) throw wrongField("webSocket", "InitializerDict", "WebSocket");
  return webSocket;
}

function refuseStatus(status: number, webSocket: WebSocket | null): void {
  if (webSocket !== null) {
    if (status !== 101) {
      throw new RangeError("Responses with a WebSocket must have status code 101.");
    }
  } else if (status < 200 || status > 599) {
    throw new RangeError(
      "Responses may only be constructed with status codes in the range 200 to 599, inclusive.",
    );
  }
}

/** Reads a `cf` field: any object, copied through JSON. */
export function readCf(cf: unknown, dictionary: string): Cf | undefined {
  if (cf === undefined) return undefined;
  if (cf === null || (typeof cf !== "object" && typeof cf !== "function")) {
    throw wrongField("cf", dictionary, "Object");
  }
  const text: string | undefined = JSON.stringify(cf);
  if (text === undefined) throw new SyntaxError('"undefined" is not valid JSON');
  return JSON.parse(text) as Cf;
}

/** Reads a `headers` field with workerd's messages. */
export function readHeaders(headers: unknown, dictionary: string, kits: Kits): HeadersInit {
  if (headers === null || (typeof headers !== "object" && typeof headers !== "function")) {
    throw wrongField("headers", dictionary, "Headers or Sequence or object");
  }
  if (isPlain(headers)) return headers;
  return new (kits.headers())(headers as Headers);
}

type HeadersInit = Headers | Record<string, string>;

// A record that Bun reads as workerd does; all others are read here, to say what is wrong.
function isPlain(headers: object): headers is Record<string, string> {
  if (Object.getPrototypeOf(headers) !== Object.prototype) return false;
  for (const key of Reflect.ownKeys(headers)) {
    if (typeof key !== "string" || !token.test(key)) return false;
    const value: unknown = (headers as Record<string, unknown>)[key];
    if (typeof value !== "string" || forbiddenValue.test(value)) return false;
  }
  return true;
}
