// What each test file does: find what the preload has set up, then mock over it.

import { expect, mock, test } from "bun:test";
import { worker } from "bunflare";

async function answer(): Promise<unknown> {
  return (await worker.fetch("https://a.test/")).json();
}

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
}
