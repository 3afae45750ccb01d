// Streams and bodies over RPC: moved, not shared.

import { expect, test } from "bun:test";
import { createLoopback } from "./loopback.ts";

const service = {
  __proto__: {
    read: async (stream: ReadableStream) => new Response(stream).text(),
    echo: (value: unknown) => value,
    write: async (stream: WritableStream, text: string) => {
      const writer = stream.getWriter();
      await writer.write(new TextEncoder().encode(text));
      await writer.close();
    },
    body: async (message: Request | Response) => [message.constructor.name, await message.text()],
  },
};

test("a readable is locked by the call and read at the other side", async () => {
  const target = createLoopback().service(() => service);
  const stream = new Blob(["some text"]).stream();
  const read = target["read"](stream);
  expect(stream.locked).toBe(true);
  expect(await read).toBe("some text");
});

test("chunks are copies", async () => {
  const target = createLoopback().service(() => service);
  const chunk = Uint8Array.of(1, 2);
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(chunk);
      controller.close();
    },
  });
  const received: ReadableStream<Uint8Array> = await target["echo"](stream);
  const { value } = await received.getReader().read();
  expect([value, value?.buffer === chunk.buffer]).toEqual([chunk, false]);
});

test("text is bytes, and nothing else is", async () => {
  const target = createLoopback().service(() => service);
  const of = (...chunks: unknown[]): ReadableStream =>
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
  expect(await target["read"](of("a", "é"))).toBe("aé");
  await expect(Promise.resolve(target["read"](of(1)))).rejects.toThrow(
    "ReadableStream received over RPC disconnected prematurely.",
  );
});

test("cancelling reaches the source", async () => {
  const target = createLoopback().service(() => service);
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const received: ReadableStream = await target["echo"](new ReadableStream({ cancel: resolve }));
  await received.cancel("enough");
  expect(await promise).toBe("enough");
});

test("a writable takes what is written at the other side", async () => {
  const target = createLoopback().service(() => service);
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const text = new Response(readable).text();
  await target["write"](writable, "written");
  expect(await text).toBe("written");
  expect(writable.locked).toBe(true);
});

test("a locked stream is refused", async () => {
  const target = createLoopback().service(() => service);
  const stream = new Blob(["x"]).stream();
  stream.getReader();
  await expect(Promise.resolve(target["read"](stream))).rejects.toThrow(
    new TypeError("The ReadableStream has been locked to a reader."),
  );
});

test("requests and responses move with their bodies", async () => {
  const target = createLoopback().service(() => service);
  const request = new Request("https://a.test/", { method: "POST", body: "asked" });
  expect([...(await target["body"](request))]).toEqual(["Request", "asked"]);
  const response: Response = await target["echo"](new Response("answer", { status: 201 }));
  expect([response.status, await response.text()]).toEqual([201, "answer"]);
});
