// WebSocketPair: accept, messages, close codes and handshakes, attachments, errors of handlers.

import { script } from "../../script.ts";

interface Socket extends WebSocket {
  accept(): void;
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
const pair = (): [Socket, Socket] => Object.values(new WebSocketPair()) as [Socket, Socket];

/** Two ends that write down what they get. */
function both(): { a: Socket; b: Socket; log: string[] } {
  const [a, b] = pair();
  const log: string[] = [];
  for (const [name, socket] of [
    ["a", a],
    ["b", b],
  ] as const) {
    socket.addEventListener("message", ({ data }: MessageEvent) => {
      const blob = data as Blob & ArrayBuffer;
      log.push(
        `${name} ${typeof data === "string" ? data : `${blob.constructor.name}(${blob.size ?? blob.byteLength})`}`,
      );
    });
    socket.addEventListener("close", (event) => {
      log.push(`${name} close ${event.code} "${event.reason}" ${event.wasClean}`);
    });
    socket.addEventListener("error", (event) =>
      log.push(`${name} error ${(event as ErrorEvent).message}`),
    );
  }
  return { a, b, log };
}

function open(): { a: Socket; b: Socket; log: string[] } {
  const ends = both();
  ends.a.accept();
  ends.b.accept();
  return ends;
}

export default script({
  id: "globals-web-socket-pair",
  compatibilityDate: "2026-11-01",
  async run({ chain, call, note }) {
    const fresh = new WebSocketPair();
    const ends = Object.values(fresh) as Socket[];
    await note("a pair", [
      Object.keys(fresh),
      String(fresh),
      ends.every((end) => end instanceof WebSocket),
    ]);
    await note(
      "its iterator",
      [...(fresh as unknown as Iterable<WebSocket>)].every((end, i) => end === ends[i]),
    );
    const [end] = pair();
    await note("an end", [
      end.readyState,
      end.url,
      end.protocol,
      end.extensions,
      end.bufferedAmount,
      end.binaryType,
      String(end),
    ]);
    await chain("WebSocket.send before accept", pair()[0], ["send", "x"]);
    await chain("WebSocket.close before accept", pair()[0], ["close", 1000]);
    await chain("WebSocket.accept", pair()[0], ["accept", {}]);
    const accepted = (): Socket => open().a;
    await chain("WebSocket.send", accepted(), ["send"]);
    await chain("WebSocket.send of a symbol", accepted(), ["send", Symbol("x")]);

    const codes = [0, 999, 1000, 1001, 1004, 1005, 1006, 1014, 1015, 2999, 3000, 4999, 5000];
    for (const code of codes) {
      await chain.with({ counts: false }, `WebSocket.close ${code}`, accepted(), ["close", code]);
    }
    for (const code of ["1000", 1000.5, NaN, null, undefined]) {
      await chain("WebSocket.close with an odd code", accepted(), ["close", code]);
    }
    await chain("WebSocket.close", accepted(), ["close", undefined, "x"]);
    const longest = "x".repeat(123);
    await chain("WebSocket.close with the longest reason", accepted(), ["close", 4000, longest, 1]);
    await chain("WebSocket.close with a long reason", accepted(), ["close", 1000, `${longest}x`]);
    await chain("WebSocket.close with a reason of wide letters", accepted(), [
      "close",
      1000,
      "é".repeat(62),
    ]);
    const closed = accepted();
    closed.close();
    await chain("WebSocket.send after close", closed, ["send", "too late"]);
    await chain("WebSocket.close after close", closed, ["close"]);

    const seen = async (
      label: string,
      act: (ends: ReturnType<typeof open>) => unknown,
      made = open(),
    ) => {
      await act(made);
      await turn();
      await note(label, [made.log, made.a.readyState, made.b.readyState]);
    };
    await seen("messages both ways", ({ a, b }) => [a.send("1"), b.send("2"), a.send("3")]);
    await seen("coerced messages", ({ a }) =>
      [null, 5, {}, new Blob(["x"]), undefined, "", [1, 2]].forEach((data) =>
        a.send(data as string),
      ),
    );
    await seen("binary messages", ({ a }) => {
      a.send(bytes(1, 2, 3).subarray(1));
      a.send(new ArrayBuffer(4));
    });
    await seen("binary messages as buffers", ({ a, b }) => {
      b.binaryType = "arraybuffer";
      a.send(bytes(1, 2, 3));
    });
    await seen(
      "messages before accept",
      async ({ a, b, log }) => {
        a.accept();
        a.send("1");
        a.send("2");
        await turn();
        log.push("accept");
        b.accept();
      },
      both(),
    );
    await seen("close", ({ a }) => a.close(1000, "bye"));
    await seen("close without a code", ({ a }) => a.close());
    await seen("close of both", ({ a, b }) => [a.close(1000, "a"), b.close(1001, "b")]);
    await seen("close in a close handler", ({ a, b }) => {
      b.addEventListener("close", () => b.close(4001, "re"));
      a.close(1000, "a");
    });
    await seen("a message, then close", ({ a }) => [a.send("1"), a.close(1000)]);
    await seen("a message to an end that closes", ({ a, b }) => [a.close(1000), b.send("late")]);
    await seen(
      "close before accept",
      async ({ a, b, log }) => {
        a.accept();
        a.close(1000, "x");
        await turn();
        log.push(`accept ${b.readyState}`);
        b.accept();
      },
      both(),
    );
    await seen("a handler that throws", async ({ a, b }) => {
      b.addEventListener("message", () => {
        throw new Error("L");
      });
      a.send("1");
      await turn();
      a.send("2");
    });
    const { a, b } = open();
    const order: string[] = [];
    b.addEventListener("message", ({ data }: MessageEvent) => {
      order.push(String(data));
      queueMicrotask(() => order.push(`after ${String(data)}`));
    });
    a.send("1");
    a.send("2");
    void Promise.resolve().then(() => order.push("microtask"));
    order.push("sync");
    await turn();
    await note("the order of deliveries", order);
    const properties = open();
    properties.b.onmessage = ({ data }) => properties.log.push(`onmessage ${String(data)}`);
    await seen("a handler in a property", () => properties.a.send("1"), properties);

    const attach = (label: string, value: unknown) =>
      chain(`WebSocket.serializeAttachment ${label}`, pair()[0], ["serializeAttachment", value]);
    await attach("of text", "x".repeat(16379));
    await attach("of a large text", "x".repeat(16384));
    await attach("of a function", () => 1);
    await chain("WebSocket.serializeAttachment", pair()[0], ["serializeAttachment"]);
    await chain("WebSocket.deserializeAttachment", pair()[0], ["deserializeAttachment"]);
    const [keeper] = pair() as unknown as {
      serializeAttachment(v: unknown): void;
      deserializeAttachment(): unknown;
    }[];
    for (const value of [{ x: [1, new Date(0)] }, undefined, null, 5]) {
      keeper?.serializeAttachment(value);
      await note("an attachment", keeper?.deserializeAttachment());
    }
    for (const url of ["x", "/x", "foo://x", "ws://a.test/#x"])
      await call("new WebSocket", WebSocket, [url]);
    for (const protocols of ["a b", ["a", "a"]])
      await call("new WebSocket", WebSocket, ["ws://a.test/", protocols]);
    await call("new WebSocket", WebSocket, []);
  },
});

function bytes(...values: number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(values);
}
