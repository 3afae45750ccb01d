// Service bindings and loopbacks, in a world of their own: what no recording can show.

import { expect, test } from "bun:test";
// For workerd's globals.
import "bunflare";
import { WorkerEntrypoint } from "../../../runtime/worker/classes.ts";
import { type ErrorCode } from "../../../runtime/errors.ts";
import { fetchWorker } from "../../../runtime/events/fetch.ts";
import type { MainModule } from "../../../runtime/worker/worker.ts";
import { openTestWorld, type TestWorld } from "../../bindings/world.ts";

type Method = (...args: unknown[]) => Promise<unknown>;
type Stub = { fetch(input: string, init?: object): Promise<Response> } & Record<string, Method>;

/** A world whose only worker is bound to itself: as SELF, its entrypoint Named as NAMED, a missing one as MISSING. */
function open(main: MainModule): TestWorld & { env: Record<"SELF" | "NAMED" | "MISSING", Stub> } {
  const opened = openTestWorld(
    {
      services: [
        { binding: "SELF", service: "test" },
        { binding: "NAMED", service: "test", entrypoint: "Named", props: { list: [1] } },
        { binding: "MISSING", service: "nobody", environment: "staging" },
      ],
    },
    main,
  );
  return Object.assign(opened, { env: opened.world.primary.env as never });
}

async function rejection(
  promise: PromiseLike<unknown>,
): Promise<Error & { code?: ErrorCode; remote?: boolean }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not reject");
}

test("a missing worker is missed at each use, not before, with file, line and what to do", async () => {
  using opened = open({ default: {} });
  const { MISSING } = opened.env;
  for (const call of [MISSING.fetch("http://a/"), MISSING["method"]?.(1)]) {
    const { code, message } = await rejection(call as Promise<unknown>);
    expect(code).toBe("worker_missing");
    expect(message).toMatch(
      /wrangler\.json:1, services\[2\]\.service: the binding "MISSING" was used/,
    );
    expect(message).toContain('no worker "nobody": the workers of this test are test. List its');
  }
});

test("a class that is no entrypoint is named", async () => {
  class Named {}
  using opened = open({ default: {}, Named });
  const { message } = await rejection(opened.env.NAMED.fetch("http://a/"));
  expect(message).toContain('the export "Named" of the worker "test" is no entrypoint');
  expect((await rejection((opened.env.NAMED["method"] as Method)())).message).toContain(
    "extend WorkerEntrypoint",
  );
});

test("an entrypoint that is not exported is named, with those that are", async () => {
  using opened = open({ default: {}, Other: {} });
  const { code, message } = await rejection(opened.env.NAMED.fetch("http://a/"));
  expect(code).toBe("handler_missing");
  expect(message).toContain('the worker "test" has no entrypoint "Named"');
  expect(message).toContain("exports default, Other");
});

test("props are another copy for each call", async () => {
  class Named extends WorkerEntrypoint {
    grow(): unknown {
      const { list } = this.ctx.props as { list: number[] };
      list.push(list.length + 1);
      return list;
    }
  }
  using opened = open({ default: {}, Named });
  const grow = opened.env.NAMED["grow"] as Method;
  expect([...((await grow()) as number[])]).toEqual([1, 2]);
  expect([...((await grow()) as number[])]).toEqual([1, 2]);
});

test("a call is an event: it starts in a turn of its own, and its background work is waited for", async () => {
  const steps: string[] = [];
  class Named extends WorkerEntrypoint {
    start(): void {
      steps.push("called");
      this.ctx.waitUntil(
        new Promise<void>((resolve) => setImmediate(resolve)).then(() => steps.push("background")),
      );
    }
  }
  using opened = open({ default: {}, Named });
  const owner = opened.world.workers.owner();
  const call = (opened.env.NAMED["start"] as Method)();
  await Promise.resolve();
  expect(steps).toEqual([]);
  expect(opened.world.events.of(owner).length).toBe(1);
  await call;
  await owner.settle();
  expect(steps).toEqual(["called", "background"]);
  expect(opened.world.events.of(owner).length).toBe(0);
});

test("what fails in the background of a call fails the test that called", async () => {
  class Named extends WorkerEntrypoint {
    start(): void {
      this.ctx.waitUntil(Promise.reject(new Error("in the background")));
    }
  }
  using opened = open({ default: {}, Named });
  const owner = opened.world.workers.owner();
  await (opened.env.NAMED["start"] as Method)();
  await owner.settle();
  expect(owner.end().map(String)).toEqual(["Error: in the background"]);
});

test("a function that a test passes runs outside of events", async () => {
  class Named extends WorkerEntrypoint {
    async call(callback: () => Promise<string>): Promise<string> {
      return `called: ${await callback()}`;
    }
  }
  using opened = open({ default: {}, Named });
  expect(await (opened.env.NAMED["call"] as Method)(() => "back")).toBe("called: back");
});

test("errors keep the stack of the worker that threw", async () => {
  class Named extends WorkerEntrypoint {
    fail(): void {
      throw new RangeError("from the other worker");
    }
  }
  using opened = open({ default: {}, Named });
  const error = await rejection((opened.env.NAMED["fail"] as Method)());
  expect(error).toBeInstanceOf(RangeError);
  expect(error.remote).toBe(true);
  expect(error.stack).toContain("services.test.ts");
});

test("before main was loaded, exports gives a stub for every name, and lists none", async () => {
  using opened = open({ default: { fetch: () => new Response("default") } });
  const { exports } = opened.world.primary;
  expect(Object.keys(exports)).toEqual([]);
  const stub = exports["default"] as Stub;
  expect(await (await stub.fetch("http://a/")).text()).toBe("default");
  const known = opened.world.primary.exports;
  expect(Object.keys(known)).toEqual(["default"]);
  expect(known["default"]).toBe(stub);
});

test("a request that was sent is used, and the handler's is another one", async () => {
  let handled: Request | null = null;
  const main = {
    default: {
      async fetch(request: Request): Promise<Response> {
        handled = request;
        return new Response(await request.text(), { headers: { "x-own": "1" } });
      },
    },
  };
  using opened = open(main);
  const request = new Request("http://a/", { method: "POST", body: "sent" });
  const owner = opened.world.workers.owner();
  const response = await fetchWorker(opened.world.primary, owner, request);
  expect(handled).not.toBe(request);
  expect(request.bodyUsed).toBe(true);
  expect(await response.text()).toBe("sent");
  expect(response.url).toBe("http://a/");
});

test("bodies are streamed: the start of one is read before its end is written", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const main = {
    default: {
      fetch: () =>
        new Response(
          new ReadableStream({
            async start(controller) {
              controller.enqueue(new TextEncoder().encode("start"));
              await promise;
              controller.enqueue(new TextEncoder().encode(" end"));
              controller.close();
            },
          }),
        ),
    },
  };
  using opened = open(main);
  const response = await opened.env.SELF.fetch("http://a/");
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe("start");
  resolve();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(" end");
});

test("a WebSocket of the handler's is the caller's", async () => {
  const main = {
    default: {
      fetch(): Response {
        const [client, server] = Object.values(new WebSocketPair()) as [WebSocket, WebSocket];
        server.accept();
        server.addEventListener("message", ({ data }) => server.send(`echo ${String(data)}`));
        return new Response(null, { status: 101, webSocket: client } as ResponseInit);
      },
    },
  };
  using opened = open(main);
  const { status, webSocket } = (await opened.env.SELF.fetch("http://a/")) as Response & {
    webSocket: WebSocket;
  };
  expect(status).toBe(101);
  webSocket.accept();
  const { promise, resolve } = Promise.withResolvers<unknown>();
  webSocket.addEventListener("message", ({ data }) => resolve(data));
  webSocket.send("hello");
  expect(await promise).toBe("echo hello");
});

test("a stub of a world that was closed says so", async () => {
  const opened = open({ default: { fetch: () => new Response() } });
  const { SELF } = opened.env;
  opened[Symbol.dispose]();
  expect((await rejection(SELF.fetch("http://a/"))).message).toContain(
    "the store of a.test.ts is closed",
  );
});
