import { beforeEach, expect, test } from "bun:test";
import { reset } from "bunflare";
import { env, failureOf } from "./support.ts";

beforeEach(async () => {
  reset();
  await env.KV.put("greeting", "hello");
  await env.KV.put("user:1", '{"name":"Ada","age":36}', { metadata: { a: 1 } });
  await env.DB.exec("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT)");
  await env.DB.exec("CREATE TABLE posts (id INTEGER PRIMARY KEY)");
  await env.DB.exec("INSERT INTO users (email) VALUES ('ada@example.com'), ('eve@example.com')");
});

test("members that are not named do not count", () => {
  expect(env.DB).toMatchState({ users: [{ email: "ada@example.com" }, { id: 2 }] });
  expect(env.DB).toMatchState({ posts: [] });
  expect(env).toMatchState({ DB: { posts: [] } });
  expect(env).toMatchState({});
  expect(env).toMatchState({ DB: { users: [{}, {}] }, KV: { greeting: "hello" } });
  expect({ ...env }).toMatchState({ KV: { greeting: "hello" } });
});

test("lists have as many items, in their order", () => {
  expect(env.DB).not.toMatchState({ users: [{ id: 1 }] });
  expect(env.DB).not.toMatchState({ users: [{ id: 2 }, { id: 1 }] });
  expect(env.DB).toMatchState({
    users: expect.arrayContaining([expect.objectContaining({ id: 2 })]),
  });
});

test("a namespace is given as values by key, or as its entries", () => {
  expect(env.KV).toMatchState({ "user:1": { name: "Ada" } });
  expect(env.KV).toMatchState({ "user:1": expect.stringContaining("Ada"), greeting: "hello" });
  expect(env.KV).not.toMatchState({ greeting: "bye" });
  expect(env.KV).not.toMatchState({ "user:2": expect.anything() });
  expect(env.KV).toMatchState([
    { key: "greeting" },
    { key: expect.any(String), value: { age: 36 }, metadata: { a: 1 } },
  ]);
  expect(env.KV).not.toMatchState([{ key: "greeting" }]);
});

test("the state of a dataset is its data points", () => {
  env.VISITS.writeDataPoint({ blobs: ["a"] });
  expect(env).toMatchState({ VISITS: [{ blobs: ["a"] }] });
});

test("the message shows each place that is other", () => {
  const message = failureOf(() => {
    expect(env).toMatchState({
      DB: { users: [{ email: "bob@example.com" }, { emial: "x" }], post: [] },
      KV: { "user:1": { name: "Bob" }, greetings: "hello" },
      VISIT: [],
    });
  });
  expect(message).toContain(
    'DB.users[0].email\n  Expected: "bob@example.com"\n  Received: "ada@example.com"',
  );
  expect(message).toContain(
    'DB.users[1].emial\n  Expected: "x"\n  There are id, email; nearest: email.',
  );
  expect(message).toContain("DB.post\n  Expected: []\n  There are posts, users; nearest: posts.");
  expect(message).toContain('KV["user:1"].name\n  Expected: "Bob"\n  Received: "Ada"');
  expect(message).toContain(
    'KV.greetings\n  Expected: "hello"\n  There are the keys "greeting", "user:1"; nearest: "greeting".',
  );
  expect(message).toContain("VISIT\n  Expected: []\n  There are MODE, KV, DB, VISITS");
});

test("the message shows lists of another length", () => {
  const message = failureOf(() => expect(env.DB).toMatchState({ users: [] }));
  expect(message).toContain("users\n  Expected 0 items: []\n  Received 2 items: [");
  expect(failureOf(() => expect(env.DB).not.toMatchState({}))).toContain(
    "Expected a state other than: {}",
  );
});

test("what it cannot judge is an error that says what it takes", () => {
  const takes = "toMatchState() takes an env or a binding that has a state";
  expect(failureOf(() => expect(5).toMatchState({}))).toContain(`${takes}, and was given 5`);
  expect(failureOf(() => expect(env).toMatchState({ MODE: "test" }))).toContain(takes);
  expect(failureOf(() => expect(env).toMatchState([]))).toContain("a member for each binding");
});
