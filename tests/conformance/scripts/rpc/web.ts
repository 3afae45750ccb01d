// Streams, requests, responses and the platform's other objects over RPC.

import { WorkerEntrypoint } from "cloudflare:workers";
import { script } from "../../script.ts";

async function look(value: unknown): Promise<unknown> {
  if (value instanceof Request) {
    return [
      "Request",
      value.method,
      value.url,
      value.redirect,
      [...value.headers],
      await value.text(),
    ];
  }
  if (value instanceof Response) {
    const { status, statusText, url, ok, redirected } = value;
    return [
      "Response",
      status,
      statusText,
      url,
      ok,
      redirected,
      [...value.headers],
      await value.text(),
    ];
  }
  if (value instanceof ReadableStream) return ["ReadableStream", await new Response(value).text()];
  if (value instanceof Headers) return ["Headers", [...value], value.getSetCookie()];
  if (value instanceof Blob) return ["Blob", value.type, value.size, await value.text()];
  return typeof value;
}

const made: Record<string, () => unknown> = {
  response: () =>
    new Response("body", {
      status: 201,
      statusText: "Made",
      headers: [
        ["x-a", "1"],
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
      ],
    }),
  json: () => Response.json({ a: 1 }, { status: 404 }),
  empty: () => new Response(null, { status: 204 }),
  redirect: () => Response.redirect("https://example.com/", 301),
  request: () =>
    new Request("https://example.com/path?q#hash", {
      method: "PUT",
      body: "text",
      headers: { a: "b" },
      redirect: "manual",
    }),
  get: () => new Request("https://example.com/"),
  stream: () => new Blob(["streamed"]).stream(),
  failing: () =>
    new ReadableStream({
      pull(controller) {
        controller.error(new RangeError("lost"));
      },
    }),
  numbers: () =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(1);
        controller.close();
      },
    }),
  texts: () =>
    new ReadableStream({
      start(controller) {
        controller.enqueue("a");
        controller.enqueue("b");
        controller.close();
      },
    }),
  locked: () => {
    const stream = new Blob(["x"]).stream();
    stream.getReader();
    return stream;
  },
  used: async () => {
    const response = new Response("x");
    await response.text();
    return response;
  },
  socket: () => new Response(null, { status: 101, webSocket: new WebSocketPair()[0] } as object),
};

export class Web extends WorkerEntrypoint {
  async look(value: unknown): Promise<unknown> {
    return look(value);
  }
  give(what: object): unknown {
    return made[Object.keys(what)[0] ?? ""]?.();
  }
  async write(stream: WritableStream, texts: string[]): Promise<string> {
    const writer = stream.getWriter();
    for (const text of texts) await writer.write(new TextEncoder().encode(text));
    await writer.close();
    return "written";
  }
}

export default script<{ SELF: Web }>({
  id: "rpc-web",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "SELF", service: "conformance", entrypoint: "Web" }] },
  async run({ env: { SELF }, call, note }) {
    for (const what of Object.keys(made)) {
      await call(`SELF.give of ${what}`, SELF, [{ [what]: 1 }]);
    }
    for (const what of ["response", "json", "empty", "request", "get", "stream", "texts"]) {
      await call(`SELF.look at ${what}`, SELF, [made[what]?.(), { [what]: 1 }]);
    }
    await call("SELF.look at Headers", SELF, [
      new Headers([
        ["set-cookie", "a"],
        ["set-cookie", "b"],
      ]),
    ]);
    await call("SELF.look at a Blob", SELF, [new Blob(["ab", "c"], { type: "text/x" })]);
    await call("SELF.look at an aborted request", SELF, [
      new Request("https://example.com/", { signal: AbortSignal.abort() }),
      { aborted: 1 },
    ]);
    await call("SELF.look at a File", SELF, [new File(["x"], "name.txt")]);
    await call("SELF.look at a WebSocket", SELF, [new WebSocketPair()[0]]);

    const stream = new Blob(["locked"]).stream();
    const looked = SELF.look(stream);
    await note("a stream is locked by passing it", stream.locked);
    await looked;
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const text = new Response(readable).text();
    await call("SELF.write to a stream", SELF, [writable, ["one", "two"]]);
    await note("what arrived", await text);
    await note("the writable is locked", writable.locked);
  },
});
