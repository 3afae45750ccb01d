import { beforeEach, expect, test } from "bun:test";
import { reset } from "bunflare";
import { env, failureOf } from "./support.ts";

beforeEach(async () => {
  reset();
  await env.DB.exec("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, role TEXT)");
  await env.DB.exec(
    "INSERT INTO users (email, role) VALUES ('eve@example.com', 'member'), ('ada@example.org', 'admin'), " +
      "('bob@example.com', 'member')",
  );
  await env.DB.exec("CREATE TABLE posts (id INTEGER PRIMARY KEY)");
});

test("toHaveRow compares the columns that are named", () => {
  expect(env.DB).toHaveRow("users");
  expect(env.DB).toHaveRow("users", { email: "ada@example.org" });
  expect(env.DB).toHaveRow("users", { id: expect.any(Number), role: "admin" });
  expect(env.DB).not.toHaveRow("users", { email: "eve@example.com", role: "admin" });
  expect(env.DB).not.toHaveRow("posts");
});

test("toHaveRow shows the nearest rows first, and what is other in them", () => {
  const wanted = { email: "ada@example.com", role: "admin" };
  const message = failureOf(() => expect(env.DB).toHaveRow("users", wanted));
  expect(message).toContain(
    'Expected a row in users where email = "ada@example.com" and role = "admin"; there is none.\nNearest of 3:\n',
  );
  const lines = message.split("\n");
  const first = lines[lines.indexOf("Nearest of 3:") + 1];
  expect(first).toContain("{");
  expect(message.indexOf("ada@example.org")).toBeLessThan(message.indexOf("eve@example.com"));
  expect(message).toContain("(other: email)");
  expect(message).toContain("(other: email, role)");
});

test("toHaveRow names columns that are not there", () => {
  expect(failureOf(() => expect(env.DB).toHaveRow("users", { mail: 1 }))).toContain(
    "There is no column mail; there are id, email, role.",
  );
  expect(failureOf(() => expect(env.DB).toHaveRow("posts", { id: 1 }))).toContain(
    "The table is empty.",
  );
  expect(failureOf(() => expect(env.DB).toHaveRow("user"))).toContain(
    'there is no table "user": there are posts, users',
  );
});

test("not.toHaveRow shows the rows that are there", () => {
  const message = failureOf(() => expect(env.DB).not.toHaveRow("users", { role: "member" }));
  expect(message).toContain('Expected no row in users where role = "member"; there is:');
  expect(message).toContain("eve@example.com");
  expect(message).toContain("bob@example.com");
});

test("toHaveRowCount counts all rows, or those with these values", () => {
  expect(env.DB).toHaveRowCount("users", 3);
  expect(env.DB).toHaveRowCount("users", 2, { role: "member" });
  expect(env.DB).toHaveRowCount("users", 2, { email: expect.stringMatching(/com$/) });
  expect(env.DB).toHaveRowCount("posts", 0);
  expect(env.DB).not.toHaveRowCount("users", 2);
});

test("toHaveRowCount shows the rows that count, or the nearest", () => {
  const more = failureOf(() => expect(env.DB).toHaveRowCount("users", 1, { role: "member" }));
  expect(more).toContain('Expected rows in users where role = "member": 1\nReceived: 2\n');
  expect(more).toContain("bob@example.com");
  const none = failureOf(() => expect(env.DB).toHaveRowCount("users", 1, { role: "members" }));
  expect(none).toContain("Received: 0\nNearest of 3:\n");
  expect(failureOf(() => expect(env.DB).not.toHaveRowCount("users", 3))).toContain(
    "Expected rows in users: not 3",
  );
});

test("what they cannot judge is an error that says what they take", () => {
  expect(failureOf(() => expect(env.DB).toHaveRow(5 as never))).toContain("the name of a table");
  expect(failureOf(() => expect(env.DB).toHaveRow("users", [] as never))).toContain("as an object");
  expect(failureOf(() => expect(env.DB).toHaveRowCount("users", "3" as never))).toContain(
    "takes a table and a number of rows",
  );
  expect(failureOf(() => expect(env.KV).toHaveRow("users"))).toContain("of the kind d1");
});
