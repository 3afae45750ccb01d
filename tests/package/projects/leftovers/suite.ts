// What both test files do: find nothing of the other, then leave four kinds of work behind.

import { expect, test } from "bun:test";
import { getEnv, worker } from "bunflare";
import { note, startFile, turn } from "./files.ts";
import { gate } from "./worker.ts";

interface Env {
  KV: KVNamespace;
}

/** Turns of the event loop in which a leftover of the last file has long had its chance. */
const TURNS = 200;

export function suite(): void {
  const nextFile = startFile();
  gate.open = nextFile;

  test("starts empty and stays so, with a new worker", async () => {
    const { KV } = getEnv<Env>();
    for (let count = 0; count < TURNS; count++) await turn();
    const { keys } = await KV.list({ prefix: "left by" });
    expect(keys).toEqual([]);
    const response = await worker.fetch("https://a.test/count");
    expect(await response.json()).toEqual({ counted: 1, same: true });
  });

  test("leaves a promise, a timer, a captured binding and a request behind", async () => {
    const { KV } = getEnv<Env>();
    await KV.put("here", "yes");
    // A promise of a test: it asks for the env when it goes on.
    void note("promise", async () => {
      await nextFile();
      await getEnv<Env>().KV.put("left by a promise", "yes");
    });
    // A captured binding.
    void nextFile().then(() => note("captured", () => KV.put("left by a captured binding", "yes")));
    // A request in flight.
    void note("request", () => worker.fetch("https://a.test/slow"));
    expect(await KV.get("here")).toBe("yes");
  });

  // A timer of the file. It never ends by itself; it must not run once the next file has started.
  let isOver = false;
  void nextFile().then(() => (isOver = true));
  setInterval(() => {
    if (isOver) void note("timer", () => getEnv<Env>().KV.put("left by a timer", "yes"));
  }, 1);
}
