import { test } from "bun:test";
import { useStore } from "./use.ts";

test("uses a store and never ends", async () => {
  await useStore();
  await new Promise(() => {});
}, 200);
