// When the event of a request to a further worker ends: that worker's timers are its own, whoever called.

import { script } from "../../script.ts";
import { Player, type Scene } from "./support/scene.ts";

export default script<{ STAGE: { fetch(url: string): Promise<Response> } }>({
  id: "events-services",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "STAGE", service: "stage" }] },
  workers: { stage: { main: "./workers/stage.ts" } },
  failures: true,
  async run({ env: { STAGE }, call }) {
    // Everything is loaded before the scenes begin.
    await (await STAGE.fetch("http://stage.test/")).text();
    const player = new Player(STAGE);
    const played: Promise<unknown>[] = [];
    const scene = (scene: Scene): void =>
      void played.push(call("player.play", player, [{ ...scene, of: "a further worker" }]));
    for (const starts of ["timers", "interval", "waits", "loop of timers"] as const) {
      scene({ starts });
    }
    for (const answers of [
      "nothing",
      "an error",
      "stream that is pulled",
      "transform stream",
    ] as const) {
      scene({ starts: "timers", answers });
    }
    scene({ starts: "timers", reads: "cancels" });
    scene({ starts: "timers", reads: "late" });
    scene({ starts: "timer", reads: "nothing" });
    scene({ starts: "timers", waitsUntil: "a pause" });
    scene({ starts: "timers", waitsUntil: "what follows", answers: "nothing" });
    await Promise.all(played);
  },
});
