import { beforeEach, expect, test } from "bun:test";
import { env as imported } from "cloudflare:workers";
import {
  createExecutionContext,
  getEnv,
  reset,
  stateOf,
  waitOnExecutionContext,
  worker,
} from "bunflare";

beforeEach(() => reset());

const signup = (email: string) =>
  worker.fetch("https://app.test/signup", { method: "POST", body: JSON.stringify({ email }) });

test("a signup stores the user and opens a session", async () => {
  const response = await signup("ada@example.com");
  expect(response).toHaveStatus(201);
  const { session } = (await response.json()) as { session: string };
  expect(getEnv().DB).toHaveRow("users", { email: "ada@example.com", id: expect.any(Number) });
  expect(getEnv().DB).not.toHaveRow("users", { email: "grace@example.com" });
  expect(getEnv().SESSIONS).not.toHaveKey("nobody");
  expect(await getEnv().SESSIONS.get(session)).toBe("1");
});

test("the state is the same in every run", async () => {
  await signup("ada@example.com");
  expect(stateOf(getEnv())).toMatchSnapshot();
});

test("an error of the worker reaches the test", async () => {
  await signup("ada@example.com");
  expect(signup("ada@example.com")).rejects.toThrow("UNIQUE constraint failed: users.email");
});

test("a context waits for what it was given", async () => {
  const ctx = createExecutionContext();
  ctx.waitUntil(getEnv().SESSIONS.put("late", "yes"));
  await waitOnExecutionContext(ctx);
  expect(imported.SESSIONS).toHaveKey("late", "yes");
});

test("variables and secrets are there", () => {
  expect(imported.GREETING).toBe("Welcome");
  expect(getEnv().SECRET).toBe("of-nobody");
});
