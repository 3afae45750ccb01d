import { beforeAll } from "bun:test";

beforeAll(async () => {
  const { stage } = await import("./stage.ts");
  (globalThis as { stage?: unknown }).stage = stage();
});
