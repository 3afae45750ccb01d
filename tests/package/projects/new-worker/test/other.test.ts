// Another file: nothing of the first is here.

import { expect, test } from "bun:test";
import { getEnv, worker } from "bunflare";

test("starts with empty stores", async () => {
  const { keys } = await getEnv().SESSIONS.list();
  expect(keys).toEqual([]);
  expect(getEnv().DB).not.toHaveRow("users");
});

test("answers 404 for the rest", async () => {
  expect(await worker.fetch("https://app.test/")).toHaveStatus(404);
});
