// What becomes of a request and its response between two workers: each side has objects of its own, the headers of what
// was received are immutable, lengths and texts of statuses are filled in, and errors of a body are remote.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/http/

import { context } from "../context.ts";
import { states } from "../globals/body-state.ts";
import { freezeHeaders } from "../globals/frozen-headers.ts";
import { socketEnds } from "../globals/socket-slot.ts";
import { wrongParameter } from "../platform/arguments.ts";
import type { WorkerEvent } from "./event.ts";
import { statusTextOf } from "./status-texts.ts";

/** A request that can be sent more than once. */
export interface Parts {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** A stream can be sent only once. */
  readonly body: Uint8Array | ReadableStream | null;
  readonly cf: unknown;
}

/** The request that the arguments of a binding's `fetch` ask for. Throws workerd's TypeErrors. */
export function requestOf(args: readonly unknown[]): Request {
  if (args.length === 0) throw wrongParameter("Fetcher", "fetch", 1, "Request or string");
  const [input, init] = args as [string, RequestInit?];
  const request = new Request(input, init);
  if (/^https?:/.test(request.url)) return request;
  throw new TypeError(`Fetch API cannot load: ${request.url}`);
}

/** Takes a request apart; its body is used from then on. */
export async function partsOf(request: Request): Promise<Parts> {
  const { method } = request;
  const url = withoutFragment(request.url);
  const headers = new Headers(request.headers);
  const { cf } = request as { cf?: unknown };
  const state = states.get(request);
  if (state?.given === true) {
    const body = request.body;
    state.moved = true;
    headers.set("transfer-encoding", "chunked");
    return { method, url, headers, body, cf };
  }
  const isEmpty = state === undefined ? request.body === null : state.body === null;
  if (isEmpty) return { method, url, headers, body: null, cf };
  const body = await request.bytes();
  headers.set("content-length", String(body.length));
  return { method, url, headers, body, cf };
}

function withoutFragment(url: string): string {
  const at = url.indexOf("#");
  return at === -1 ? url : url.slice(0, at);
}

/** The request that the handler gets; it is aborted with `signal`, if that is given. */
export function arrived(parts: Parts, signal?: AbortSignal): Request {
  const { method, url, headers, body, cf } = parts;
  const request = new Request(url, {
    ...{ method, headers, redirect: "manual" },
    ...(body !== null && { body, duplex: "half" }),
    ...(cf !== undefined && { cf }),
    ...(signal !== undefined && { signal }),
  } as RequestInit);
  freezeHeaders(request.headers);
  return request;
}

/** A handler's response, on its way. */
export interface Answer {
  readonly response: Response;
  /** The event that `hold` keeps until the body has been read, or nobody wants it; null when nothing is kept for it. */
  readonly sender: WorkerEvent | null;
}

/** Sends the response of an event. */
export function sendFrom(event: WorkerEvent, response: Response): Answer {
  const state = states.get(response);
  if (state?.webSocket) holdForSocket(event, state.webSocket);
  if (state?.body === null) return { response, sender: null };
  // What a test is sent arrives at once, as over a network; a worker is sent the body as it reads it. Without open waits
  // there is nothing that the body would keep.
  const keeps = state?.given === true || (event.parent !== null && event.clockWaits > 0);
  if (keeps) event.hold();
  return { response, sender: keeps ? event : null };
}

// Behind a socket that was accepted the event is kept until it is closed: by `accept()`.
function holdForSocket(event: WorkerEvent, socket: WebSocket): void {
  if (socketEnds.get(socket)?.peer.accepted === false) event.hold();
}

/** The response that the sender gets: to `parts`, after so many redirects. The handler's own is used from then on. */
export function answered({ response, sender }: Answer, parts: Parts, redirects: number): Response {
  const { status } = response;
  const statusText = response.statusText === "" ? statusTextOf(status) : response.statusText;
  const init = { status, statusText, headers: new Headers(response.headers) };
  const state = states.get(response);
  const hasBody = parts.method !== "HEAD" && ![101, 204, 205, 304].includes(status);
  if (!hasBody) sender?.release();
  const received = hasBody ? withBody(response, init, sender) : withoutBody(response, init);
  if (state !== undefined) state.moved = true;
  define(received, "url", parts.url);
  if (redirects > 0) define(received, "redirected", true);
  freezeHeaders(received.headers);
  return received;
}

function withoutBody(response: Response, init: ResponseInit): Response {
  const webSocket: unknown = (response as { webSocket?: unknown }).webSocket ?? null;
  return new Response(null, { ...init, ...(webSocket !== null && { webSocket }) } as ResponseInit);
}

function withBody(response: Response, init: ResponseInit, sender: WorkerEvent | null): Response {
  const { Response: Patched } = globalThis;
  const state = states.get(response);
  // Never without a body, even where the handler's was.
  if (state?.body === null) return new Patched(new Uint8Array(0), init);
  if (state?.given === true || sender !== null) {
    const source = response.body as ReadableStream<Uint8Array> | null;
    return new Patched(sentBody(source ?? new Blob([]).stream(), sender), init);
  }
  // As Bun's own object, which hands the body over as it is; ours makes a stream of its own for each that is asked for.
  const Native = nativeClass(Patched);
  const body = nativeBody(Native).call(response) ?? new Uint8Array(0);
  return Object.setPrototypeOf(new Native(body, init), Patched.prototype) as Response;
}

function nativeClass(Class: typeof Response): typeof Response {
  const parent: unknown = Object.getPrototypeOf(Class);
  return parent === Function.prototype ? Class : nativeClass(parent as typeof Response);
}

function nativeBody(Native: typeof Response): (this: Response) => ReadableStream | null {
  const getter = Object.getOwnPropertyDescriptor(Native.prototype, "body")?.get;
  if (getter === undefined) throw new Error("unreachable: Response has a body");
  return getter as (this: Response) => ReadableStream | null;
}

/**
 * The same bytes, read within the event that sends them, which is kept until then; an error of the source arrives as one
 * of another worker.
 */
function sentBody(
  source: ReadableStream<Uint8Array>,
  sender: WorkerEvent | null,
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  const inside = <T>(body: () => T): T =>
    sender === null ? body() : context.run({ owner: sender.owner, event: sender }, body);
  let isHeld = sender !== null;
  const release = (): void => {
    if (isHeld) sender?.release();
    isHeld = false;
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await inside(() => reader.read());
        if (!done) return controller.enqueue(value);
        controller.close();
        release();
      } catch (error) {
        const { decodeFailure, encodeFailure } =
          require("../rpc/failure.ts") as typeof import("../rpc/failure.ts");
        controller.error(decodeFailure(encodeFailure(error, { enhancedErrors: false })));
        release();
      }
    },
    cancel: (reason) => inside(() => reader.cancel(reason)).finally(release),
  });
}

/** Settles as `work` does, or rejects with the signal's reason once that is aborted. */
export function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    const settle = (): void => signal.removeEventListener("abort", onAbort);
    work.then(resolve, reject).finally(settle);
  });
}

// Bun's getters know nothing of what was not fetched by Bun.
function define(response: Response, name: "url" | "redirected", value: unknown): void {
  Object.defineProperty(response, name, { value, configurable: true });
}
