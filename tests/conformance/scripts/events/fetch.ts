// When the event of a request ends, and what ends with it: a worker that calls itself.

import { script } from "../../script.ts";
import { Player, type Scene, type SceneContext, Stage } from "./support/scene.ts";

const stage = new Stage();

export default script<{ SELF: { fetch(url: string): Promise<Response> } }>({
  id: "events-fetch",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "SELF", service: "conformance" }] },
  failures: true,
  handlers: {
    fetch: (request: Request, _: unknown, ctx: SceneContext) => stage.answer(request, ctx),
  },
  async run({ env: { SELF }, call }) {
    // Everything is loaded before the scenes begin.
    await (await SELF.fetch("http://stage.test/")).text();
    const player = new Player(SELF);
    const played: Promise<unknown>[] = [];
    const scene = (scene: Scene): void => void played.push(call("player.play", player, [scene]));
    // Nothing keeps the event.
    scene({ starts: "timers" });
    scene({ starts: "timer of 0 ms" });
    scene({ starts: "interval" });
    scene({ starts: "waits" });
    scene({ starts: "loop of timers" });
    scene({ starts: "timeout of a signal" });
    scene({ starts: "timer in a timer" });
    scene({ starts: "promises" });
    for (const answers of [
      "nothing",
      "bytes",
      "an error",
      "a number",
      "stream that is there",
    ] as const) {
      scene({ starts: "timers", answers });
    }
    scene({ starts: "timers", answers: "redirect to text" });
    scene({ starts: "timers", answers: "an error after a pause" });
    // What it is still sending keeps it.
    for (const answers of [
      "stream that is pulled",
      "stream that breaks",
      "transform stream",
    ] as const) {
      scene({ starts: "timers", answers });
    }
    scene({ starts: "interval", answers: "stream that is pulled" });
    scene({ starts: "waits", answers: "stream that is pulled" });
    // Until nobody wants it.
    scene({ starts: "timers", reads: "cancels" });
    scene({ starts: "timers", answers: "stream that is pulled", reads: "cancels" });
    scene({ starts: "timers", answers: "stream that is pulled", reads: "chunk" });
    scene({ starts: "timers", answers: "transform stream", reads: "cancels" });
    // Or nobody reads it.
    scene({ starts: "timer", reads: "nothing" });
    scene({ starts: "timer", answers: "nothing", reads: "nothing" });
    scene({ starts: "timer", answers: "bytes", reads: "nothing" });
    scene({ starts: "timer", answers: "transform stream", reads: "nothing" });
    scene({ starts: "timers", reads: "late" });
    scene({ starts: "timers", answers: "stream that is there", reads: "late" });
    // Background work keeps it.
    for (const waitsUntil of ["a pause", "a failure", "what follows", "nothing"] as const) {
      scene({ starts: "timers", waitsUntil });
    }
    scene({ starts: "interval", waitsUntil: "a pause" });
    scene({ starts: "timers", waitsUntil: "a pause", answers: "an error" });
    scene({ starts: "timers", waitsUntil: "a pause", answers: "stream that is pulled" });
    scene({ starts: "timers", waitsUntil: "a pause", reads: "cancels" });
    await Promise.all(played);
  },
});
