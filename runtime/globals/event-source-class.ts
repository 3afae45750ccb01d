// EventSource: a stream of events, from a URL or, with `EventSource.from`, from a stream that is there already.
// https://developers.cloudflare.com/workers/runtime-apis/eventsource/

import { isObject, wrongParameter } from "../platform/arguments.ts";
import { platformClass } from "../platform/class.ts";
import { readEvents, type StreamEvent } from "./event-stream.ts";
import type { Scope } from "./types.ts";

type Fetch = (url: string, init: RequestInit) => Promise<Response>;
type Handler = ((event: Event) => unknown) | null;

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;
const RETRY_MS = 2000;

/** What is behind an object that `from` makes, in place of a URL. */
const FROM = Symbol("from");

/** Builds the class for a scope. */
export function buildEventSource(target: Scope): unknown {
  const fetch: Fetch = (...args) => target.fetch(...args);
  // By the timers of whoever runs: those of an event follow its clock and end with it, a test file's end with the file.
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => void target.setTimeout(resolve, ms));

  class EventSource extends EventTarget {
    readonly #abort = new AbortController();
    readonly #handlers = new Map<string, Handler>();
    #state = CONNECTING;
    #url: string | null = null;
    #lastId = "";
    #retryMs = RETRY_MS;

    static from(stream?: unknown): EventSource {
      if (!(stream instanceof ReadableStream)) {
        throw wrongParameter("EventSource", "from", 1, "JsReadableStream");
      }
      const source = new EventSource(FROM as never);
      source.#state = OPEN;
      void source.#readOnce(stream as ReadableStream<Uint8Array>);
      return source;
    }

    constructor(...args: unknown[]) {
      super();
      const [url, init] = args;
      if ((url as unknown) === FROM) return;
      if (args.length === 0) throw wrongArgument(1, "string");
      if (init !== undefined && init !== null && !isObject(init)) {
        throw wrongArgument(2, "EventSourceInit");
      }
      const { withCredentials } = Object(init) as { withCredentials?: unknown };
      if (!URL.canParse(String(url))) {
        const message = `Cannot open an EventSource to '${String(url)}'. The URL is invalid.`;
        throw new DOMException(message, "SyntaxError");
      }
      if (withCredentials !== undefined && withCredentials !== false) {
        throw new DOMException(
          "The init.withCredentials option is not supported. It must be false or undefined.",
          "NotSupportedError",
        );
      }
      this.#url = new URL(String(url)).href;
      void this.#run(this.#url, fetcherOf(init) ?? fetch);
    }

    get url(): string {
      return this.#url ?? "";
    }

    get withCredentials(): boolean {
      return false;
    }

    get readyState(): number {
      return this.#state;
    }

    get onopen(): Handler {
      return this.#handlers.get("open") ?? null;
    }

    set onopen(handler: Handler) {
      this.#handle("open", handler);
    }

    get onmessage(): Handler {
      return this.#handlers.get("message") ?? null;
    }

    set onmessage(handler: Handler) {
      this.#handle("message", handler);
    }

    get onerror(): Handler {
      return this.#handlers.get("error") ?? null;
    }

    set onerror(handler: Handler) {
      this.#handle("error", handler);
    }

    /** Ends the connection; nothing is told any more. */
    close(): void {
      this.#state = CLOSED;
      this.#abort.abort();
    }

    get #isClosed(): boolean {
      return this.#state === CLOSED;
    }

    #handle(type: string, handler: Handler): void {
      const before = this.#handlers.get(type) ?? null;
      if (before !== null) this.removeEventListener(type, before);
      const next = typeof handler === "function" ? handler : null;
      this.#handlers.set(type, next);
      if (next !== null) this.addEventListener(type, next);
    }

    async #readOnce(stream: ReadableStream<Uint8Array>): Promise<void> {
      const error = await this.#read(stream);
      if (this.#isClosed) return;
      this.#state = CLOSED;
      this.dispatchEvent(new ErrorEvent("error", { error }));
    }

    /** Connects again and again, until an answer is no stream of events, or it is closed. */
    async #run(url: string, send: Fetch): Promise<void> {
      while (!this.#isClosed) {
        const error = await this.#connect(url, send);
        if (this.#isClosed) return;
        this.dispatchEvent(new ErrorEvent("error", { error }));
        this.#state = CONNECTING;
        await pause(this.#retryMs);
      }
    }

    async #connect(url: string, send: Fetch): Promise<unknown> {
      const headers = new Headers({ accept: "text/event-stream", "cache-control": "no-cache" });
      if (this.#lastId !== "") headers.set("last-event-id", this.#lastId);
      let response: Response;
      try {
        response = await send(url, { headers, signal: this.#abort.signal });
      } catch (error) {
        return error;
      }
      const type = response.headers.get("content-type") ?? "";
      if (response.status !== 200 || !type.startsWith("text/event-stream")) {
        const why = `The response status code was ${response.status}, its content type "${type}".`;
        this.dispatchEvent(new ErrorEvent("error", { error: new Error(why) }));
        this.close();
        return null;
      }
      this.#state = OPEN;
      this.dispatchEvent(new Event("open"));
      return response.body === null ? undefined : this.#read(response.body);
    }

    /** Tells what a stream says; gives the error that ended it. */
    async #read(stream: ReadableStream<Uint8Array>): Promise<unknown> {
      try {
        for await (const event of readEvents(stream)) {
          if (this.#isClosed) return undefined;
          this.#tell(event);
        }
        return undefined;
      } catch (error) {
        return error;
      }
    }

    #tell(event: StreamEvent): void {
      if (event.kind === "retry") {
        this.#retryMs = event.ms;
        return;
      }
      this.#lastId = event.id;
      const message = new MessageEvent(event.type, { data: event.data, lastEventId: event.id });
      const origin = this.#url === null ? null : new URL(this.#url).origin;
      Object.defineProperty(message, "origin", { value: origin });
      this.dispatchEvent(message);
    }
  }

  for (const place of [EventSource, EventSource.prototype]) {
    Object.defineProperties(place, {
      CONNECTING: { value: CONNECTING, enumerable: true },
      OPEN: { value: OPEN, enumerable: true },
      CLOSED: { value: CLOSED, enumerable: true },
    });
  }
  return platformClass(EventSource);
}

function wrongArgument(index: number, type: string): TypeError {
  return new TypeError(
    `Failed to construct 'EventSource': constructor parameter ${index} is not of type '${type}'.`,
  );
}

/** `init.fetcher`: a service binding that is asked in place of the network. */
function fetcherOf(init: unknown): Fetch | null {
  const { fetcher } = Object(init) as { fetcher?: { fetch: Fetch } };
  return fetcher === undefined || fetcher === null ? null : (...args) => fetcher.fetch(...args);
}
