import { expect, test } from "bun:test";
import { readdirSync, statSync } from "node:fs";

import { createFolderCache } from "../../../runtime/config/folder-cache.ts";
import { createFolder } from "./folder.ts";

test("keeps texts for later processes, readable by the user only", () => {
  using folder = createFolder();
  const path = folder.at("a/cache");
  expect(createFolderCache(path).read("key")).toBeUndefined();
  createFolderCache(path).write("key", "text");
  createFolderCache(path).write("key", "newer");
  expect(createFolderCache(path).read("key")).toBe("newer");
  expect(createFolderCache(path).read("other")).toBeUndefined();
  expect(readdirSync(path)).toEqual(["key"]);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(statSync(`${path}/key`).mode & 0o777).toBe(0o600);
});
