import { expect, test } from "bun:test";
import { worker } from "bunflare";

test("variables are in process.env as text", async () => {
  const response = await worker.fetch("https://env.test/");
  expect(await response.json()).toEqual(["hello", '{"daily":5}']);
});

test("those of the process stay", () => {
  expect(process.env.PATH).toBeString();
});
