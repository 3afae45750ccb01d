import { expect, test } from "bun:test";
import { getEnv } from "bunflare";

test("counts the runs, in a second file", async () => {
  const env = getEnv();
  const runs = Number(await env.KV.get("runs")) + 1;
  await env.KV.put("runs", String(runs));
  await env.DB.exec("CREATE TABLE IF NOT EXISTS runs (n)");
  await env.DB.prepare("INSERT INTO runs VALUES (?)").bind(runs).run();
  const count = await env.DB.prepare("SELECT count(*) AS n FROM runs").first("n");
  expect(count).toBe(runs);
  console.log(`runs: ${runs}`);
});
