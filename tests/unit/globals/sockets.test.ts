// What the runtime needs of sockets beside what scripts can record: hibernation takes an end over, deliveries keep their
// context, older dates have other rules.

import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "bun:test";
import {
  SocketEnd,
  type SocketHost,
  type SocketSink,
} from "../../../runtime/globals/socket-end.ts";

function host(more: Partial<SocketHost> = {}): SocketHost {
  return {
    later: setImmediate,
    snapshot: () => (run) => run(),
    holdEvent: () => () => undefined,
    autoReply: () => true,
    ...more,
  };
}

function logger(log: unknown[] = []): { log: unknown[]; sink: SocketSink } {
  const sink: SocketSink = {
    message: (data) => void log.push(data),
    close: (code, reason, wasClean) => void log.push([code, reason, wasClean]),
    error: (error) => void log.push(error.message),
  };
  return { log, sink };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
};

test("an end delivers to the sink that accepted it, what had arrived before first", async () => {
  const [client, server] = SocketEnd.pair(host());
  client.accept(logger().sink);
  client.send("1");
  client.send(new ArrayBuffer(2));
  await settled();
  const { log, sink } = logger();
  server.accept(sink);
  expect([log, server.accepted]).toEqual([[], true]);
  await settled();
  expect(log).toEqual(["1", new ArrayBuffer(2)]);
});

test("a delivery runs in the context in which its end was accepted", async () => {
  const storage = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const [client, server] = SocketEnd.pair(host({ snapshot: () => AsyncLocalStorage.snapshot() }));
  storage.run("server", () =>
    server.accept({ ...logger().sink, message: () => void seen.push(storage.getStore()) }),
  );
  storage.run("client", () => {
    client.accept(logger().sink);
    client.send("x");
  });
  await settled();
  expect(seen).toEqual(["server"]);
});

test("before the runtime answered by itself, a close waits for the other end", async () => {
  const [client, server] = SocketEnd.pair(host({ autoReply: () => false }));
  const [ours, theirs] = [logger(), logger()];
  client.accept(ours.sink);
  server.accept(theirs.sink);
  client.close(1000, "bye");
  await settled();
  expect([ours.log, theirs.log]).toEqual([[], [[1000, "bye", true]]]);
  expect([client.readyState, server.readyState]).toEqual([2, 2]);
  server.close(1001, "too");
  await settled();
  expect(ours.log[0]).toEqual([1001, "too", true]);
  expect([client.readyState, server.readyState]).toEqual([3, 3]);
});

test("an end whose handler throws is gone, and the other end learns of it", async () => {
  const [client, server] = SocketEnd.pair(host());
  const { log, sink } = logger();
  client.accept(sink);
  server.accept({
    ...sink,
    message() {
      throw new RangeError("broken");
    },
  });
  client.send("1");
  client.send("2");
  await settled();
  expect(log.sort()).toEqual(
    [[1006, "WebSocket disconnected without sending Close frame.", false], "broken"].sort(),
  );
  expect(() => server.send("x")).toThrow("Can't call WebSocket send() after close().");
});
