// EventSource over the network, against a server of the test's own; the format itself is in a conformance script.

import { expect, test } from "bun:test";
import "bunflare";

// bun-types know the class without arguments.
const Source = EventSource as unknown as new (url: string, init?: object) => EventSource;

interface Told {
  readonly type: string;
  readonly data?: string;
}

test("reads events from a URL, says which it saw last, and connects again", async () => {
  const asked: (string | null)[] = [];
  using server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request) {
      asked.push(request.headers.get("last-event-id"));
      return new Response(`retry: 1\nid: ${asked.length}\ndata: hello ${asked.length}\n\n`, {
        headers: { "content-type": "text/event-stream" },
      });
    },
  });
  const source = new Source(server.url.href);
  const told: Told[] = [];
  await new Promise<void>((resolve) => {
    const note = ({ type, data }: Event & { data?: string }): void => {
      told.push(data === undefined ? { type } : { type, data });
      if (data === "hello 2") resolve();
    };
    source.onopen = note;
    source.onmessage = note;
    source.onerror = note;
  });
  source.close();
  expect(told).toEqual([
    { type: "open" },
    { type: "message", data: "hello 1" },
    { type: "error" },
    { type: "open" },
    { type: "message", data: "hello 2" },
  ]);
  expect(asked).toEqual([null, "1"]);
  expect(source.readyState).toBe(2);
});

test("an answer that is no stream of events closes it with an error", async () => {
  using server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: () => new Response("no", { status: 404 }),
  });
  const source = new Source(server.url.href);
  const error = await new Promise<Event>((resolve) => {
    source.onerror = resolve;
  });
  expect(String((error as ErrorEvent).error)).toContain("The response status code was 404");
  expect(source.readyState).toBe(2);
});

test("a fetcher is asked in place of the network", async () => {
  const fetcher = {
    fetch: async () =>
      new Response("data: from a binding\n\n", {
        headers: { "content-type": "text/event-stream" },
      }),
  };
  const source = new Source("https://sse.test/", { fetcher });
  const data = await new Promise<unknown>((resolve) => {
    source.onmessage = (event) => resolve(event.data);
  });
  source.close();
  expect(data).toBe("from a binding");
});

test("a source that is closed lets go of its stream", async () => {
  const { promise: cancelled, resolve } = Promise.withResolvers<void>();
  const stream = new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("data: again\n\n")),
    cancel: () => resolve(),
  });
  const { from } = EventSource as unknown as { from(stream: ReadableStream): EventSource };
  const source = from(stream);
  source.onmessage = () => source.close();
  await cancelled;
  expect(source.readyState).toBe(2);
});
