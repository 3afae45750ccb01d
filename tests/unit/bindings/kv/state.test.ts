import { afterEach, beforeEach, expect, test } from "bun:test";
import { inspectKv, seedKv } from "../../../../runtime/bindings/kv/state.ts";
import type { KvState } from "../../../../runtime/bindings/kv/state.ts";
import { openKv } from "./open-kv.ts";
import type { OpenKv } from "./open-kv.ts";

let opened: OpenKv;
beforeEach(() => {
  opened = openKv();
});
afterEach(() => opened.close());

test("the state shows entries by key, text as text and other bytes as hex", async () => {
  const { KV, storage } = opened;
  await KV.put("text", "é");
  await KV.put("bytes", Uint8Array.of(0xff, 0x00));
  await KV.put("bytes of text", Uint8Array.of(0xc3, 0xa9));
  await KV.put("empty", new Uint8Array(0));
  await KV.put("with all", "value", { expiration: 2147483647, metadata: { tags: ["a"] } });
  await KV.put("null metadata", "value", { metadata: Number.NaN });
  expect(inspectKv(storage)).toEqual([
    { key: "bytes", value: { bytes: "ff00" } },
    { key: "bytes of text", value: "é" },
    { key: "empty", value: "" },
    { key: "null metadata", value: "value", metadata: null },
    { key: "text", value: "é" },
    { key: "with all", value: "value", expiration: 2147483647, metadata: { tags: ["a"] } },
  ]);
});

test("a query narrows the state to one key or to a prefix", () => {
  const { storage } = opened;
  seedKv(storage, [
    { key: "a", value: "1" },
    { key: "a:1", value: "2" },
    { key: "b", value: "3" },
  ]);
  expect(inspectKv(storage, { key: "a" })).toEqual([{ key: "a", value: "1" }]);
  expect(inspectKv(storage, { key: "missing" })).toEqual([]);
  expect(inspectKv(storage, { prefix: "a" }).map(({ key }) => key)).toEqual(["a", "a:1"]);
});

test("seeding is the inverse of inspecting, and closing and opening is invisible", () => {
  const state: KvState = [
    { key: "bytes", value: { bytes: "c3" } },
    { key: "text", value: "a\0b", metadata: [1, null], expiration: 2147483647 },
  ];
  seedKv(opened.storage, state);
  expect(inspectKv(opened.storage)).toEqual(state);
  opened.reopen();
  expect(inspectKv(opened.storage)).toEqual(state);
});

test("seeding replaces equal keys and leaves others", () => {
  seedKv(opened.storage, [
    { key: "a", value: "old", metadata: 1 },
    { key: "b", value: "kept" },
  ]);
  seedKv(opened.storage, [{ key: "a", value: "new" }]);
  expect(inspectKv(opened.storage)).toEqual([
    { key: "a", value: "new" },
    { key: "b", value: "kept" },
  ]);
});
