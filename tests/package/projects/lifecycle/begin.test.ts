import { test } from "bun:test";
import { useStore } from "./use.ts";

test("uses a store", async () => {
  await useStore();
});
