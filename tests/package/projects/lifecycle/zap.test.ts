import { test } from "bun:test";
import { useStore } from "./use.ts";

test("uses a store", async () => {
  await useStore();
  process.kill(process.pid, "SIGKILL");
});
