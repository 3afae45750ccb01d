const { test } = require("bun:test");
const { worker } = require("bunflare");

test("request background", async () => {
  await worker.fetch("https://a.test/background");
});

test("passes", async () => {
  await worker.fetch("https://a.test/");
});
