// When the event of a call ends, and what ends with it: at once with the result, unless something that it has handed out
// is still held.

import { RpcStub, RpcTarget, WorkerEntrypoint } from "cloudflare:workers";
import { script } from "../../script.ts";
import { MIDDLE_MS, OVER_MS, pause, startTimers } from "./support/scene.ts";

const said = new Map<string, string[]>();
const sayAs = (name: string) => (line: string) =>
  void said.set(name, [...(said.get(name) ?? []), line]);
const kept = new Map<string, Disposable>();

/** What a call hands out. */
class Handle extends RpcTarget {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }
  quick(): string {
    return "quick";
  }
  async slow(): Promise<string> {
    await pause(MIDDLE_MS);
    sayAs(this.#name)("slow");
    return "slow";
  }
  timers(): void {
    startTimers(sayAs(this.#name));
  }
  other(): Handle {
    return new Handle(this.#name);
  }
}

type Callback = (() => unknown) & { dup(): Callback } & Disposable;

export class Calls extends WorkerEntrypoint {
  text(name: string): string {
    startTimers(sayAs(name));
    return "text";
  }
  error(name: string): never {
    startTimers(sayAs(name));
    throw new Error("thrown by the method");
  }
  plain(name: string): object {
    startTimers(sayAs(name));
    return { a: [1, 2] };
  }
  background(name: string): string {
    startTimers(sayAs(name));
    this.ctx.waitUntil(pause(MIDDLE_MS));
    return "text";
  }
  async late(name: string): Promise<string> {
    startTimers(sayAs(name));
    await pause(MIDDLE_MS);
    return "late";
  }
  callback(name: string): () => string {
    startTimers(sayAs(name));
    return () => "called";
  }
  handle(name: string): Handle {
    startTimers(sayAs(name));
    return new Handle(name);
  }
  idle(name: string): Handle {
    return new Handle(name);
  }
  object(name: string): object {
    startTimers(sayAs(name));
    return { handle: new Handle(name), n: 1 };
  }
  disposable(name: string): object {
    startTimers(sayAs(name));
    return { n: 1, [Symbol.dispose]: () => undefined };
  }
  stub(name: string): unknown {
    startTimers(sayAs(name));
    return new RpcStub(new Handle(name));
  }
  /** A stub that is never handed out. */
  local(name: string): string {
    startTimers(sayAs(name));
    kept.set(name, new RpcStub(new Handle(name)) as unknown as Disposable);
    return "text";
  }
  async uses(name: string, callback: Callback): Promise<unknown> {
    startTimers(sayAs(name));
    return callback();
  }
  keeps(name: string, callback: Callback): string {
    kept.set(name, callback.dup());
    return "kept";
  }
  returns(name: string, callback: Callback): unknown {
    startTimers(sayAs(name));
    return callback;
  }
}

type Result = PromiseLike<Remote> & Remote;
interface Remote extends Disposable {
  (): PromiseLike<unknown>;
  dup(): Remote;
  quick(): PromiseLike<unknown>;
  slow(): PromiseLike<unknown>;
  timers(): PromiseLike<unknown>;
  other(): Result;
  handle: Remote;
}
type Call = (name: string, ...args: unknown[]) => Result;
type Calls_ = Record<string, Call> & { fetch(url: string): Promise<Response> };

interface Scene {
  /** The method that is called. */
  readonly calls: string;
  /** What the caller does with the result. */
  readonly then?: keyof typeof thens;
  /** The caller is an event of its own, which ends then. */
  readonly inside?: true;
}

/** What a caller does; it gives what it has seen. */
const thens = {
  async awaits(start: () => Result): Promise<unknown> {
    const result = await start();
    return typeof result;
  },
  async keeps(start: () => Result, name: string): Promise<unknown> {
    kept.set(name, await start());
    return "kept";
  },
  async disposes(start: () => Result): Promise<unknown> {
    const result = await start();
    result[Symbol.dispose]();
    return "disposed";
  },
  async "disposes later"(start: () => Result): Promise<unknown> {
    const result = await start();
    await pause(MIDDLE_MS);
    result[Symbol.dispose]();
    return "disposed";
  },
  async "disposes the promise"(start: () => Result): Promise<unknown> {
    start()[Symbol.dispose]();
    return "disposed";
  },
  async "disposes a copy later"(start: () => Result): Promise<unknown> {
    const result = await start();
    const copy = result.dup();
    result[Symbol.dispose]();
    await pause(MIDDLE_MS);
    copy[Symbol.dispose]();
    return "disposed";
  },
  async "calls a slow method"(start: () => Result): Promise<unknown> {
    using result = await start();
    return result.slow();
  },
  async "awaits a slow method"(start: () => Result): Promise<unknown> {
    using result = await start();
    return await result.slow();
  },
  async "starts timers"(start: () => Result): Promise<unknown> {
    using result = await start();
    await result.timers();
    return "started";
  },
  async "starts timers and waits"(start: () => Result): Promise<unknown> {
    using result = await start();
    await result.timers();
    await pause(MIDDLE_MS);
    return "started";
  },
  async "pipelines a slow method"(start: () => Result): Promise<unknown> {
    return await start().slow();
  },
  async "pipelines twice"(start: () => Result): Promise<unknown> {
    return await start().other().slow();
  },
  async "pipelines late"(start: () => Result): Promise<unknown> {
    const result = start();
    await result;
    await pause(MIDDLE_MS);
    return await result.slow();
  },
  async "pipelines through a property"(start: () => Result): Promise<unknown> {
    return await start().handle.slow();
  },
} as const;

async function act(self: Calls_, scene: Scene, name: string): Promise<unknown> {
  const args = takesCallback.has(scene.calls)
    ? [async () => (await pause(MIDDLE_MS), "given")]
    : [];
  const start = (): Result => (self[scene.calls] as Call)(name, ...args);
  try {
    return await thens[scene.then ?? "awaits"](start, name);
  } catch (error) {
    return String(error);
  }
}

const takesCallback = new Set(["uses", "keeps", "returns"]);

class Player {
  readonly #self: Calls_;
  readonly #main: { fetch(url: string): Promise<Response> };
  constructor(self: Calls_, main: { fetch(url: string): Promise<Response> }) {
    this.#self = self;
    this.#main = main;
  }
  async play(scene: Scene): Promise<unknown> {
    const name = JSON.stringify(scene);
    const seen = await this.#act(scene, name);
    await pause(OVER_MS);
    return { seen, said: said.get(name) ?? [] };
  }
  async #act(scene: Scene, name: string): Promise<unknown> {
    if (scene.inside === undefined) return act(this.#self, scene, name);
    const query = new URLSearchParams({ scene: name });
    const response = await this.#main.fetch(`http://stage.test/?${query}`);
    return response.text();
  }
}

export default script<{ CALLS: Calls_; SELF: { fetch(url: string): Promise<Response> } }>({
  id: "events-rpc",
  compatibilityDate: "2026-11-01",
  config: {
    services: [
      { binding: "CALLS", service: "conformance", entrypoint: "Calls" },
      { binding: "SELF", service: "conformance" },
    ],
  },
  failures: true,
  handlers: {
    async fetch(request: Request, { CALLS }: { CALLS: Calls_ }): Promise<Response> {
      const name = new URL(request.url).searchParams.get("scene") ?? "";
      const scene = JSON.parse(name) as Scene;
      if (takesCallback.has(scene.calls)) startTimers(sayAs(name));
      return new Response(String(await act(CALLS, scene, name)));
    },
  },
  async run({ env: { CALLS, SELF }, call }) {
    const player = new Player(CALLS, SELF);
    const played: Promise<unknown>[] = [];
    const scene = (scene: Scene): void => void played.push(call("player.play", player, [scene]));
    for (const calls of ["text", "error", "plain", "background", "late", "local", "uses"]) {
      scene({ calls });
    }
    for (const calls of ["callback", "handle", "object", "disposable", "stub", "returns"]) {
      scene({ calls, then: "keeps" });
      scene({ calls, then: "disposes" });
      scene({ calls, then: "disposes later" });
      scene({ calls, inside: true });
    }
    scene({ calls: "handle", then: "disposes the promise" });
    scene({ calls: "handle", then: "disposes a copy later" });
    for (const then of ["calls a slow method", "awaits a slow method", "starts timers"] as const) {
      scene({ calls: "idle", then });
    }
    scene({ calls: "idle", then: "starts timers and waits" });
    scene({ calls: "idle", then: "pipelines a slow method" });
    scene({ calls: "idle", then: "pipelines twice" });
    scene({ calls: "idle", then: "pipelines late" });
    scene({ calls: "object", then: "pipelines through a property" });
    scene({ calls: "keeps", inside: true });
    scene({ calls: "uses", inside: true });
    await Promise.all(played);
  },
});
