import { beforeEach, expect, test } from "bun:test";
import { reset } from "bunflare";
import { env, failureOf } from "./support.ts";

beforeEach(async () => {
  reset();
  await env.KV.put("greeting", "hello");
  await env.KV.put("user:1", '{"name":"Ada"}');
  await env.KV.put("user:2", '{"name":"Grace"}');
});

test("toHaveKey compares text with text, and anything else with what the text says", () => {
  expect(env.KV).toHaveKey("greeting");
  expect(env.KV).toHaveKey("greeting", "hello");
  expect(env.KV).toHaveKey("user:1", { name: "Ada" });
  expect(env.KV).toHaveKey("user:1", '{"name":"Ada"}');
  expect(env.KV).toHaveKey("user:1", { name: expect.any(String) });
  expect(env.KV).toHaveKey("greeting", expect.stringContaining("ell"));
  expect(env.KV).not.toHaveKey("user:3");
  expect(env.KV).not.toHaveKey("greeting", "bye");
});

test("toHaveKey shows what is there", () => {
  expect(failureOf(() => expect(env.KV).toHaveKey("user:11"))).toContain(
    'Expected key: "user:11"\nThere are the keys "greeting", "user:1", "user:2"; nearest: "user:1".',
  );
  expect(failureOf(() => expect(env.KV).toHaveKey("greeting", "bye"))).toContain(
    'Expected key: "greeting" with the value "bye"\nReceived value: "hello"',
  );
  expect(failureOf(() => expect(env.KV).not.toHaveKey("greeting"))).toContain(
    'Expected no key: "greeting"\nReceived value: "hello"',
  );
  reset();
  expect(failureOf(() => expect(env.KV).toHaveKey("a"))).toContain("The namespace is empty.");
});

test("toHaveKeys takes exactly these keys, in any order", () => {
  expect(env.KV).toHaveKeys(["user:1", "greeting", "user:2"]);
  expect(env.KV).not.toHaveKeys(["user:1", "greeting"]);
  expect(env.KV).not.toHaveKeys(["user:1", "greeting", "user:2", "user:3"]);
  expect(env.KV).not.toHaveKeys(["greeting", "user:1", "user:1"]);
  expect(env.KV).toHaveKeys(["user:2", "user:1"], { prefix: "user:" });
  expect(env.KV).toHaveKeys([], { prefix: "session:" });
});

test("toHaveKeys takes asymmetric keys, each for a key of its own", () => {
  // The first takes "user:1", and has to give it up.
  const keys = [expect.stringMatching(/^user/), expect.stringMatching(/1$/), "greeting"];
  expect(env.KV).toHaveKeys(keys);
  expect(env.KV).toHaveKeys(keys.toReversed());
  expect(env.KV).not.toHaveKeys(["greeting", "user:1", expect.stringMatching(/1$/)]);
  expect(env.KV).toHaveKeys(expect.arrayContaining(["greeting"]));
  expect(env.KV).not.toHaveKeys(expect.arrayContaining(["user:3"]));
});

test("toHaveKeys shows the difference", () => {
  const message = failureOf(() => expect(env.KV).toHaveKeys(["greetings", "user:1"]));
  expect(message).toContain('Missing: "greetings"; nearest: "greeting"\n');
  expect(message).toContain('Not expected: "greeting", "user:2"\n');
  expect(failureOf(() => expect(env.KV).toHaveKeys(["user:1"], { prefix: "user:" }))).toContain(
    'Expected keys that begin with "user:"',
  );
});

test("what they cannot judge is an error that says what they take", () => {
  const other = "takes a binding of the kind kv, and was given the binding of another kind, d1";
  expect(failureOf(() => expect(env.DB).toHaveKey("a"))).toContain(`toHaveKey() ${other}`);
  expect(failureOf(() => expect(env.DB).toHaveKeys([]))).toContain(`toHaveKeys() ${other}`);
  expect(failureOf(() => expect(env.KV).toHaveKeys("a" as never))).toContain(
    "takes a list of keys",
  );
  expect(failureOf(() => expect(env.KV).toHaveKeys([], "a" as never))).toContain("{ prefix }");
  expect(failureOf(() => expect(5).toHaveKey("a"))).toContain("and was given 5");
});
