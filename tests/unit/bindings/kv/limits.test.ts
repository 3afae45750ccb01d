import { afterAll, expect, test } from "bun:test";
import { openKv } from "./open-kv.ts";

const MAX_VALUE_BYTES = 25 * 1024 * 1024;
const opened = openKv();
const { KV } = opened;
afterAll(() => opened.close());

const tooLarge = "KV PUT failed: 413 Value length of 26214401 exceeds limit of 26214400.";

test("a value of 25 MiB is put and read back", async () => {
  const value = new Uint8Array(MAX_VALUE_BYTES).fill(7);
  await KV.put("large", value);
  const read = await KV.get("large", "arrayBuffer");
  expect(read).toBeInstanceOf(ArrayBuffer);
  expect(Buffer.compare(new Uint8Array(read as ArrayBuffer), value)).toBe(0);
});

test("a text of 25 MiB is put and read back", async () => {
  const value = "é".repeat(MAX_VALUE_BYTES / 2);
  await KV.put("large", value);
  expect((await KV.get("large")) === value).toBe(true);
});

test("one byte more is refused, and the old value stays", async () => {
  await KV.put("kept", "old");
  await expect(KV.put("kept", new Uint8Array(MAX_VALUE_BYTES + 1))).rejects.toThrow(tooLarge);
  await expect(KV.put("kept", "x".repeat(MAX_VALUE_BYTES + 1))).rejects.toThrow(tooLarge);
  expect(await KV.get("kept")).toBe("old");
});

test("a stream that fails leaves the old value", async () => {
  await KV.put("kept", "old");
  const stream = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(1));
      controller.error(new RangeError("the source broke"));
    },
  });
  await expect(KV.put("kept", stream)).rejects.toThrow("the source broke");
  expect(await KV.get("kept")).toBe("old");
});
