// When the event of a request ends that was answered with a WebSocket.

import { script } from "../../script.ts";
import { STEP_MS, MIDDLE_MS, OVER_MS, pause, startTimers } from "./support/scene.ts";

interface Scene {
  readonly server: "accepts" | "keeps" | "keeps both";
  readonly client: "nothing" | "accepts" | "closes" | "closes later" | "sends";
  readonly serverCloses?: true;
}

const said = new Map<string, string[]>();
const sayAs = (name: string) => (line: string) =>
  void said.set(name, [...(said.get(name) ?? []), line]);
const kept: unknown[] = [];

function answer(request: Request): Response {
  const name = new URL(request.url).searchParams.get("scene") ?? "";
  const scene = JSON.parse(name) as Scene;
  const say = sayAs(name);
  startTimers(say);
  const { 0: client, 1: server } = new WebSocketPair();
  kept.push(server);
  if (scene.server !== "keeps") {
    server.accept();
    server.addEventListener("message", () => setTimeout(say, STEP_MS, "after a message"));
    server.addEventListener("close", () => say("close"));
    if (scene.serverCloses) setTimeout(() => server.close(), MIDDLE_MS);
  }
  if (scene.server === "keeps both") return new Response("both");
  return new Response(null, { status: 101, webSocket: client } as ResponseInit);
}

class Player {
  readonly #self: { fetch(url: string, init?: unknown): Promise<Response> };
  constructor(self: { fetch(url: string, init?: unknown): Promise<Response> }) {
    this.#self = self;
  }
  async play(scene: Scene): Promise<unknown> {
    const name = JSON.stringify(scene);
    const query = new URLSearchParams({ scene: name });
    const headers = { upgrade: "websocket" };
    const response = await this.#self.fetch(`http://stage.test/?${query}`, { headers });
    const { webSocket } = response as { webSocket?: WebSocket | null };
    if (webSocket) {
      kept.push(webSocket);
      if (scene.client !== "nothing") webSocket.accept();
      if (scene.client === "sends") webSocket.send("hello");
      if (scene.client === "closes later") await pause(MIDDLE_MS);
      if (scene.client.startsWith("closes")) webSocket.close();
    } else await response.text();
    await pause(OVER_MS);
    return said.get(name) ?? [];
  }
}

export default script<{ SELF: { fetch(url: string): Promise<Response> } }>({
  id: "events-sockets",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "SELF", service: "conformance" }] },
  failures: true,
  handlers: { fetch: answer },
  async run({ env: { SELF }, call }) {
    const player = new Player(SELF);
    const played: Promise<unknown>[] = [];
    for (const server of ["accepts", "keeps", "keeps both"] as const) {
      for (const client of ["nothing", "accepts", "closes", "closes later", "sends"] as const) {
        if (server !== "accepts" && client !== "nothing") continue;
        played.push(call("player.play", player, [{ server, client }]));
      }
    }
    played.push(
      call("player.play", player, [{ server: "accepts", client: "accepts", serverCloses: true }]),
    );
    await Promise.all(played);
  },
});
