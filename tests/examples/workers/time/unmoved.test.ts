// Runs after time.test.ts, which leaves time moved: in one process nothing of that is left.

import { expect, test } from "bun:test";
import { DatabaseSync } from "node:sqlite";
import { getEnv, worker } from "bunflare";

const realNow = (): number => {
  const row = new DatabaseSync("").prepare("SELECT unixepoch('subsec') AS now").get();
  return Number(row?.["now"]) * 1000;
};

test("time is real again in the next file", async () => {
  const answer = await worker.fetch("https://time.test/now");
  const { DB } = getEnv<{
    DB: { prepare(sql: string): { first(column: string): Promise<string> } };
  }>();
  const sql = await DB.prepare("SELECT strftime('%Y-%m-%dT%H:%M:%fZ') AS now").first("now");
  for (const text of [await answer.text(), sql, new Date().toISOString()]) {
    expect(Math.abs(Date.parse(text) - realNow())).toBeLessThan(1000);
  }
});

test("the platform's own Date is back", () => {
  expect(String(Date)).toContain("[native code]");
  expect(String(Date.now)).toContain("[native code]");
  expect(new Date().constructor).toBe(Date);
  expect(String(performance.now)).toContain("[native code]");
});
