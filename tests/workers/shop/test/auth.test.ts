import { describe, expect, test } from "bun:test";
import { getEnv, override, worker } from "bunflare";
import { countRequest } from "../shared/requests.ts";

const { AUTH, LOGIN } = getEnv<Env>();

describe("two workers in one process", () => {
  test("the worker under test calls the other one, and calls on its results", async () => {
    const response = await worker.fetch("https://shop.test/login/ada");
    const requests: unknown = expect.any(Number);
    expect(await response.json()).toEqual({ token: "ada:s3cret", visits: 1, requests });
  });

  test("each has its own state of a module that both import", async () => {
    const here = countRequest();
    const there = await AUTH.requests();
    expect(countRequest()).toBe(here + 1);
    expect(await AUTH.requests()).toBe(there + 1);
  });

  test("each has its own env", async () => {
    expect(await AUTH.secret()).toBe("s3cret");
    expect(Object.keys(getEnv())).not.toContain("SECRET");
  });

  test("an error arrives with its name, its fields and where it comes from", async () => {
    const headers = { authorization: "nobody" };
    const response = await worker.fetch("https://shop.test/whoami", { headers });
    expect(await response.json()).toEqual({
      name: "AuthError",
      message: "nobody has the token nobody",
      code: "no_session",
      remote: true,
    });
  });

  test("redirects are followed inside the other worker", async () => {
    const response = await worker.fetch("https://shop.test/page");
    expect(await response.json()).toMatchObject({ name: "old" });
  });
});

describe("RPC from a test", () => {
  test("a returned function is called at its own side", async () => {
    using greet = await AUTH.greeter("Hello");
    expect(await greet("Ada")).toBe("Hello, Ada, from shop");
  });

  test("a function that is passed is called here", async () => {
    const seen: string[] = [];
    const greeted = await AUTH.each(["ada", "bob"], async (user) => {
      seen.push(user);
      return `hi ${user}`;
    });
    expect([...greeted]).toEqual(["hi ada", "hi bob"]);
    expect(seen).toEqual(["ada", "bob"]);
  });

  test("calls are pipelined", async () => {
    const token = await AUTH.login("cleo");
    expect(await AUTH.session(token).user).toBe("cleo");
  });

  test("what a handler throws reaches the caller", async () => {
    await expect(LOGIN.fetch("https://auth/fail")).rejects.toThrow("login is broken");
  });
});

describe("a worker that is not there", () => {
  test("is missed when it is called", async () => {
    const response = await worker.fetch("https://shop.test/mail");
    const { message } = (await response.json()) as { message: string };
    expect(message).toContain('there is no worker "mail": the workers of this test are shop, auth');
    expect(message).toContain('[bunflare] workers = ["../mail/wrangler.jsonc"]');
  });

  test("can be a fake", async () => {
    override({ MAIL: { fetch: async () => new Response("faked") } });
    expect(await (await worker.fetch("https://shop.test/mail")).text()).toBe("sent");
  });
});
