// EventSource over a stream: what is parsed, which events come in which order, and what the constructor refuses.

import { script } from "../../script.ts";

interface Source extends EventTarget {
  readonly readyState: number;
  readonly url: string;
  close(): void;
}

const Class = (): { from(stream: unknown): Source; new (...args: unknown[]): Source } =>
  Reflect.get(globalThis as object, "EventSource") as never;

const stream = (text: string): ReadableStream =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });

/** What a source tells until its stream has ended. */
function eventsOf(text: string, types: readonly string[] = []): Promise<unknown[]> {
  const source = Class().from(stream(text));
  const seen: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<unknown[]>();
  const note = (event: Event): void => {
    const { type, data, lastEventId, origin } = event as MessageEvent;
    seen.push([event.constructor.name, type, data, lastEventId, origin, source.readyState]);
    if (type === "error") resolve(seen);
  };
  for (const type of ["open", "message", "error", ...types]) source.addEventListener(type, note);
  return promise;
}

export default script({
  id: "globals-event-source",
  compatibilityDate: "2026-11-01",
  async run({ call, note }) {
    const EventSource = Class();
    await note("constants", [
      Reflect.get(EventSource, "CONNECTING"),
      Reflect.get(EventSource, "OPEN"),
      Reflect.get(EventSource, "CLOSED"),
    ]);
    await note("members", Object.getOwnPropertyNames(EventSource.prototype).sort());
    for (const args of [
      [],
      ["not a url"],
      ["https://sse.test/", { withCredentials: true }],
      ["https://sse.test/", 5],
    ]) {
      await call("new EventSource", EventSource, args);
    }
    for (const args of [[], ["text"], [{}]]) await call("EventSource.from", EventSource, args);
    await note("one message", await eventsOf("data: hello\n\n"));
    await note("several lines", await eventsOf("data: a\ndata: b\ndata\n\n"));
    await note("fields", await eventsOf("id: 7\nevent: ping\ndata:x\n\ndata: y\n\n", ["ping"]));
    await note("CR and CRLF", await eventsOf("data: a\r\rdata: b\r\n\r\n"));
    await note("comments and unknown fields", await eventsOf(": hi\nfoo: bar\ndata: a\n\n"));
    await note(
      "an id with NUL, then an empty one",
      await eventsOf("id: a\0b\ndata: 1\n\nid\ndata: 2\n\n"),
    );
    await note("no data", await eventsOf("event: ping\n\ndata: a\n\n", ["ping"]));
    await note("an unfinished message", await eventsOf("data: a\n\ndata: b\n"));
    await note("a byte order mark", await eventsOf("\ufeffdata: a\n\n"));
    await note("retry", await eventsOf("retry: 10\ndata: a\n\n"));
    const source = EventSource.from(stream("data: a\n\n"));
    const first = [source.readyState, source.url];
    source.close();
    await note("at first, and closed", [...first, source.readyState]);
  },
});
