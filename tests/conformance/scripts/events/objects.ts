// What an event of a Durable Object leaves running goes on: it belongs to the object, not to the event.

import { DurableObject } from "cloudflare:workers";
import { script } from "../../script.ts";
import { OVER_MS, pause, Player, type Scene, Stage, startTimers } from "./support/scene.ts";

export class Stages extends DurableObject {
  readonly #stage = new Stage();

  override fetch(request: Request): Promise<Response> {
    return this.#stage.answer(request, this.ctx);
  }
  starts(name: string): string {
    startTimers((line) => this.#stage.say(name, line));
    return "started";
  }
  throws(name: string): never {
    startTimers((line) => this.#stage.say(name, line));
    throw new Error("thrown by the method");
  }
  handsOut(name: string): () => string {
    startTimers((line) => this.#stage.say(name, line));
    return () => "called";
  }
  said(name: string): string[] {
    return this.#stage.said(name);
  }
}

type Env = {
  STAGES: DurableObjectNamespace<Stages>;
  SELF: { fetch(url: string): Promise<Response> };
};

interface Called {
  readonly method: "starts" | "throws" | "handsOut";
  readonly from: "here" | "an event";
}

/** Each method is called in an event of its own, which ends then, or in that of the script. */
class Caller {
  readonly #env: Env;
  constructor(env: Env) {
    this.#env = env;
  }
  async calls({ method, from }: Called): Promise<unknown> {
    const name = `${method} ${from}`;
    const stub = this.#env.STAGES.getByName("called");
    if (from === "here") {
      const result: unknown = await Promise.resolve(stub[method](name)).catch(String);
      if (typeof result === "function") (result as unknown as Disposable)[Symbol.dispose]();
    } else {
      const query = new URLSearchParams({ method, name });
      await (await this.#env.SELF.fetch(`http://stage.test/?${query}`)).text();
    }
    await pause(OVER_MS);
    return stub.said(name);
  }
}

export default script<Env>({
  id: "events-objects",
  compatibilityDate: "2026-11-01",
  config: {
    durable_objects: { bindings: [{ name: "STAGES", class_name: "Stages" }] },
    migrations: [{ tag: "v1", new_sqlite_classes: ["Stages"] }],
    services: [{ binding: "SELF", service: "conformance" }],
  },
  failures: true,
  handlers: {
    async fetch(request: Request, { STAGES }: Env): Promise<Response> {
      const { searchParams } = new URL(request.url);
      const method = searchParams.get("method") as "starts";
      const stub = STAGES.getByName("called");
      const result: unknown = await Promise.resolve(
        stub[method](searchParams.get("name") ?? ""),
      ).catch(String);
      return new Response(typeof result);
    },
  },
  async run({ env, call }) {
    const player = new Player(env.STAGES.getByName("stage") as unknown as Env["SELF"]);
    const played: Promise<unknown>[] = [];
    const scene = (scene: Scene): void =>
      void played.push(call("player.play", player, [{ ...scene, of: "an object" }]));
    for (const starts of [
      "timers",
      "interval",
      "waits",
      "loop of timers",
      "timer in a timer",
    ] as const) {
      scene({ starts });
    }
    for (const answers of ["nothing", "an error", "transform stream"] as const) {
      scene({ starts: "timers", answers });
    }
    scene({ starts: "timers", reads: "cancels" });
    scene({ starts: "timers", reads: "nothing" });
    scene({ starts: "timers", waitsUntil: "a pause" });
    const caller = new Caller(env);
    for (const method of ["starts", "throws", "handsOut"] as const) {
      for (const from of ["here", "an event"] as const) {
        played.push(call("caller.calls", caller, [{ method, from }]));
      }
    }
    await Promise.all(played);
  },
});
