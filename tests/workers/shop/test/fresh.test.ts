import { expect, test } from "bun:test";
import { getEnv } from "bunflare";
import { Session } from "../auth/src/index.ts";

const { AUTH } = getEnv<Env>();

test("the modules of further workers are fresh in each test file", async () => {
  expect(await AUTH.requests()).toBe(1);
});

test("so is what they store", async () => {
  await expect(AUTH.session("ada:s3cret")).rejects.toThrow("nobody has the token");
});

test("their classes can be tested by themselves", () => {
  const session = new Session("ada");
  expect(session.visit()).toBe(1);
  expect(session.user).toBe("ada");
});
