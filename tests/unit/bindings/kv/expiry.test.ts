import { afterEach, beforeEach, expect, test } from "bun:test";
import { inspectKv, seedKv } from "../../../../runtime/bindings/kv/state.ts";
import { openKv } from "./open-kv.ts";
import type { OpenKv } from "./open-kv.ts";

let opened: OpenKv;
beforeEach(() => {
  opened = openKv();
  const now = opened.storage.nowSeconds();
  // Only worker code is bound to expirations that lie ahead.
  seedKv(opened.storage, [
    { key: "expired", value: "old", expiration: now - 1, metadata: { m: 1 } },
    { key: "expiring now", value: "old", expiration: now },
    { key: "later", value: "new", expiration: now + 600 },
    { key: "never", value: "new" },
  ]);
});
afterEach(() => opened.close());

test("an expired entry is read as missing", async () => {
  const { KV } = opened;
  expect(await KV.get("expired")).toBeNull();
  expect(await KV.get("expiring now")).toBeNull();
  expect(await KV.get("later")).toBe("new");
  expect(await KV.getWithMetadata("expired")).toEqual({
    value: null,
    metadata: null,
    cacheStatus: null,
  });
  expect(await KV.get(["expired", "later"])).toEqual(
    new Map([
      ["expired", null],
      ["later", "new"],
    ]),
  );
});

test("an expired entry is not listed, and does not count against the limit", async () => {
  const page = await opened.KV.list({ limit: 2 });
  expect(page.keys.map(({ name }) => name)).toEqual(["later", "never"]);
  expect(page.list_complete).toBe(true);
});

test("an expired entry is in no state, but inspecting does not remove it", () => {
  const { storage } = opened;
  expect(inspectKv(storage).map(({ key }) => key)).toEqual(["later", "never"]);
  expect(inspectKv(storage, { key: "expired" })).toEqual([]);
  expect(opened.rows()).toBe(4);
});

test("an expired entry is removed when it is read, all of them when keys are listed", async () => {
  await opened.KV.get("expired");
  expect(opened.rows()).toBe(3);
  await opened.KV.list();
  expect(opened.rows()).toBe(2);
});

test("an expired entry can be put again", async () => {
  await opened.KV.put("expired", "again");
  expect(await opened.KV.getWithMetadata("expired")).toEqual({
    value: "again",
    metadata: null,
    cacheStatus: null,
  });
});
