// What the wrapped runner must leave as it is.

import { expect, onTestFinished, test } from "bun:test";
import { AsyncLocalStorage } from "node:async_hooks";
import { worker } from "bunflare";

const order: string[] = [];

test("waits for an asynchronous hook that a test registers", async () => {
  onTestFinished(async () => {
    await worker.fetch("https://a.test/");
    order.push("finished");
  });
  order.push("body");
});

test("runs it before the next test", () => {
  expect(order).toEqual(["body", "finished"]);
});

new AsyncLocalStorage<string>().run("mine", () => {
  test("runs a test that was registered in an async context", () => {
    expect(order).toHaveLength(2);
  });
});

test("ends with done()", (done) => {
  void worker.fetch("https://a.test/").then(() => done(), done);
});

test.failing("fails with what done() is given", (done) => {
  done(new Error("given"));
});

test.failing("fails with what is thrown before done()", (_done) => {
  throw new Error("thrown");
});

test("waits for the promise after done()", async (done) => {
  done();
  await worker.fetch("https://a.test/");
  order.push("promise");
});

test.each([[1, 2]])("gives done() after the values of a table", (one, two, done: () => void) => {
  expect([one, two, order.at(-1)]).toEqual([1, 2, "promise"]);
  done();
});
