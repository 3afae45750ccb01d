// Request as workerd has it: `cf`, strict methods and modes, bodies that move, and its refusals.
// https://developers.cloudflare.com/workers/runtime-apis/request/

import { bodySource, consume, type BodySource } from "./body-source.ts";
import { copyCf, newState, states, type BodyState } from "./body-state.ts";
import { bodyLayer, nativeGetter, nativeMembers, type BodyLayer } from "./body.ts";
import { toText, wrongField } from "../platform/arguments.ts";
import { wrongConstruction } from "./errors.ts";
import { replaceMethods } from "./install.ts";
import type { Kits } from "./kits.ts";
import { cloneBody, readCf, readHeaders, settleType } from "./response-class.ts";
import type { Undo } from "../undo.ts";
import type { Cf, WorkerRequestInit } from "./types.ts";

type NativeRequest = typeof Request;

/** The patched class, and how to take the change of Bun's prototype back. */
export interface PatchedRequest {
  readonly Request: NativeRequest;
  readonly undo: Undo;
}

/** Builds the class. */
export function buildRequest(kits: Kits): PatchedRequest {
  const Native = kits.natives.Request;
  const layer = bodyLayer(Native, nativeMembers(Native.prototype), kits);
  const Patched = requestClass(Native, layer, kits);
  replaceMethods(Patched.prototype, layer.methods);
  const undo = replaceMethods(Native.prototype, { constructor: Patched });
  return { Request: Patched, undo };
}

const ordinary = Function.prototype[Symbol.hasInstance];

// Without members: accessors may take the place of what Bun declares as properties.
type Base = new (input: string | Request, init?: RequestInit) => object;

function requestClass(Native: NativeRequest, layer: BodyLayer, kits: Kits): NativeRequest {
  const nativeMethod = nativeGetter<string>(Native.prototype, "method");
  const nativeSignal = nativeGetter<AbortSignal>(Native.prototype, "signal");
  class Request extends (Native as unknown as Base) {
    constructor(input?: unknown, init?: unknown) {
      if (arguments.length === 0) throw wrongConstruction("Request", 1, "Request or string");
      if (init === undefined && typeof input === "string") {
        try {
          super(input);
        } catch (error) {
          throw explainUrl(input, error);
        }
        states.set(this, newState(null, null));
      } else {
        const prepared = prepare(input, init, Native, layer, kits);
        try {
          super(prepared.input, prepared.init);
        } catch (error) {
          throw explainUrl(prepared.input, error);
        }
        states.set(this, prepared.state);
        settleType(this, prepared.state, layer);
        if (prepared.moved !== null) prepared.moved.moved = true;
      }
    }

    get method(): string {
      return layer.state(this).method ?? nativeMethod(this);
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

    get signal(): AbortSignal {
      const state = layer.state(this);
      return (state.signal ??= nativeSignal(this));
    }

    get cf(): Cf | undefined {
      return layer.state(this).cf;
    }

    get cache(): string | undefined {
      return layer.state(this).cache;
    }

    get integrity(): string {
      return "";
    }

    get keepalive(): boolean {
      return false;
    }

    // What browsers have and workerd has not.
    get mode(): undefined {
      return undefined;
    }

    get credentials(): undefined {
      return undefined;
    }

    get referrer(): undefined {
      return undefined;
    }

    get referrerPolicy(): undefined {
      return undefined;
    }

    get destination(): undefined {
      return undefined;
    }

    get fetcher(): unknown {
      return layer.state(this).fetcher;
    }

    clone(): Request {
      const state = layer.state(this);
      state.signal ??= nativeSignal(this);
      return cloneBody(this, state, layer, Request.prototype) as Request;
    }

    // Native requests (those of Bun.serve) are requests too.
    static override [Symbol.hasInstance](value: unknown): boolean {
      return this === Request ? value instanceof Native : ordinary.call(this, value);
    }
  }
  Object.defineProperty(Request, "length", { value: 0, configurable: true });
  return Request as unknown as NativeRequest;
}

interface Prepared {
  readonly input: string | Request;
  readonly init: RequestInit | undefined;
  readonly state: BodyState;
  /** The record of the request whose body goes over to this one. */
  readonly moved: BodyState | null;
}

function prepare(
  input: unknown,
  given: unknown,
  Native: NativeRequest,
  layer: BodyLayer,
  kits: Kits,
): Prepared {
  const source = input instanceof Native ? input : null;
  const url = source === null ? toText(input) : source.url;
  if (
    given !== undefined &&
    given !== null &&
    typeof given !== "object" &&
    typeof given !== "function"
  ) {
    throw wrongConstruction("Request", 2, "RequestInitializerDict or Request");
  }
  const options = (given ?? {}) as WorkerRequestInit;
  const from = source === null ? null : layer.state(source);
  const method = options.method === undefined ? null : readMethod(options.method);
  const state = newState(null, null);
  const init: RequestInit = {};
  readModes(options, init, state);
  state.cache ??= from?.cache;
  if (source !== null) init.redirect ??= source.redirect;
  readSignal(options.signal, init, state);
  // A signal that nobody has asked for yet never aborts.
  if (options.signal === undefined) readSignal(from?.signal, init, state);
  state.cf = readCf(options.cf, "RequestInitializerDict") ?? copyCf(from?.cf);
  state.fetcher = readFetcher(options.fetcher) ?? from?.fetcher ?? null;
  const body = options.body === undefined ? null : bodySource(options.body);
  const name = method ?? source?.method ?? "GET";
  if (!nativeMethods.has(name)) state.method = name;
  init.method = nativeMethods.has(name) ? name : "POST";
  const hasBody = body === null ? source !== null && layer.hasBody(source) : body.native !== null;
  if (hasBody && (name === "GET" || name === "HEAD")) {
    throw new TypeError("Request with a GET or HEAD method cannot have a body.");
  }
  if (options.headers !== undefined) {
    init.headers = readHeaders(options.headers, "RequestInitializerDict", kits);
  } else if (source !== null) {
    init.headers = layer.headers(source);
  }
  if (body !== null) return withBody(url, init, state, body);
  if (source === null || !hasBody) return { input: url, init, state, moved: null };
  return moveBody(source, init, state, layer);
}

function withBody(url: string, init: RequestInit, state: BodyState, body: BodySource): Prepared {
  if (body.native !== null) init.body = body.native;
  state.body = body.stream ?? (body.native === null ? null : undefined);
  state.given = body.stream !== null;
  state.type = body.type;
  return { input: url, init, state, moved: null };
}

// The body goes over to the new request; the old one is used from now on.
function moveBody(
  source: Request,
  init: RequestInit,
  state: BodyState,
  layer: BodyLayer,
): Prepared {
  if (layer.used(source)) throw new TypeError("Cannot reconstruct a Request with a used body.");
  if (layer.locked(source)) throw new TypeError("The ReadableStream has been locked to a reader.");
  const from = layer.state(source);
  if (from.given) {
    state.body = from.body;
    state.given = true;
    init.body = from.body as Bun.BodyInit;
    from.body = undefined;
    return { input: source.url, init, state, moved: from };
  }
  state.body = undefined;
  if (from.body !== undefined && from.body !== null) consume(from.body);
  from.body = undefined;
  // The native constructor would ask the getters of this class; a native clone shares the bytes.
  return { input: layer.nativeClone(source) as Request, init, state, moved: from };
}

// The native constructor has just thrown.
function explainUrl(input: string | Request, error: unknown): unknown {
  if (typeof input !== "string" || URL.canParse(input)) return error;
  return new TypeError(`Invalid URL: ${input}`);
}

// The methods of Node's HTTP parser that workerd takes; those that Bun does not know are kept aside.
const nativeMethods = new Set(
  (
    "GET HEAD POST PUT DELETE OPTIONS PATCH TRACE COPY LOCK MKCOL MOVE PROPFIND PROPPATCH SEARCH UNLOCK ACL " +
    "REPORT MKACTIVITY CHECKOUT MERGE NOTIFY SUBSCRIBE UNSUBSCRIBE PURGE QUERY"
  ).split(" "),
);
const foreignMethods = new Set(["MSEARCH", "BAN"]);

function readMethod(given: unknown): string {
  const text = toText(given);
  const method = text.toUpperCase();
  if (nativeMethods.has(method) || foreignMethods.has(method)) return method;
  throw new TypeError(`Invalid HTTP method string: ${text}`);
}

function readModes(options: WorkerRequestInit, init: RequestInit, state: BodyState): void {
  const { redirect, cache, integrity, encodeResponseBody } = options;
  if (redirect !== undefined) {
    if (redirect !== "follow" && redirect !== "manual") {
      throw new TypeError(
        'Invalid redirect value, must be one of "follow" or "manual" ("error" won\'t be implemented since it ' +
          'does not make sense at the edge; use "manual" and check the response status code).',
      );
    }
    init.redirect = redirect;
  }
  if (cache !== undefined && cache !== "no-store" && cache !== "no-cache") {
    throw new TypeError(`Unsupported cache mode: ${toText(cache)}`);
  }
  state.cache = cache;
  if (integrity !== undefined && integrity !== "") {
    throw new TypeError(
      "Subrequest integrity checking is not implemented. The integrity option must be either undefined or an empty string.",
    );
  }
  if (
    encodeResponseBody !== undefined &&
    encodeResponseBody !== "automatic" &&
    encodeResponseBody !== "manual"
  ) {
    throw new TypeError(`encodeResponseBody: unexpected value: ${toText(encodeResponseBody)}`);
  }
}

function readSignal(signal: unknown, init: RequestInit, state: BodyState): void {
  if (signal === undefined || signal === null) return;
  if (!(signal instanceof AbortSignal)) {
    throw wrongField("signal", "RequestInitializerDict", "AbortSignal");
  }
  init.signal = signal;
  state.signal = signal;
}

function readFetcher(fetcher: unknown): unknown {
  if (fetcher === undefined || fetcher === null) return null;
  if (typeof (fetcher as { fetch?: unknown }).fetch === "function") return fetcher;
  throw wrongField("fetcher", "RequestInitializerDict", "Fetcher");
}
