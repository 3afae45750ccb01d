import { expect, test } from "bun:test";

test("finds what the preload's hook has read from env", () => {
  expect((globalThis as { stage?: unknown }).stage).toBe("test");
});
