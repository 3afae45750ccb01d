// What each test file does: find what the preload has set up, then mock over it.

import { expect, mock, test } from "bun:test";
import { worker } from "bunflare";
import { visits } from "./visits.ts";

async function answer(): Promise<unknown> {
  return (await worker.fetch("https://a.test/")).json();
}

/** bunflare's modules that live as long as the process, or as the global object of a file. */
function ownModules(): Map<string, unknown> {
  const modules = Object.entries(require.cache).filter(
    ([key]) => key.includes("/bunflare/dist/") && !key.endsWith("/index.js"),
  );
  return new Map(modules);
}

const memory = globalThis as { ownModules?: Map<string, unknown> };

export function suite(): void {
  test("finds the preload's mock and seed, and no mock of another file", async () => {
    expect(await answer()).toEqual({
      mail: "kept back",
      clock: "the real clock",
      eol: "\n",
      stage: "test",
      seeded: "yes",
    });
  });

  test("mocks modules over it", async () => {
    void mock.module("./mail.ts", () => ({ send: () => "mocked" }));
    void mock.module("./clock.ts", () => ({ name: "mocked" }));
    void mock.module("node:os", () => ({ EOL: "mocked" }));
    void mock.module("cloudflare:workers", () => ({ env: { STAGE: "mocked" } }));
    expect(await answer()).toEqual({
      mail: "mocked",
      clock: "mocked",
      eol: "mocked",
      stage: "mocked",
      seeded: "yes",
    });
  });

  test("finds modules as if it were the first to load them", () => {
    expect(++visits.count).toBe(1);
  });

  test("finds bunflare's modules where the last file left them", () => {
    const modules = ownModules();
    expect(modules.size).toBeGreaterThan(0);
    for (const [key, module] of memory.ownModules ?? []) expect(modules.get(key)).toBe(module);
    memory.ownModules = modules;
  });
}
