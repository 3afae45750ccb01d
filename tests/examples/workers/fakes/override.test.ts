import { beforeEach, describe, expect, test } from "bun:test";
import { getEnv, override, worker } from "bunflare";

const answer = (text: string) => ({ run: async () => ({ response: text }) });
const ask = async (): Promise<string> => (await worker.fetch("https://ai.test/")).text();

describe("override", () => {
  test("replaces a binding, also for those who captured env", async () => {
    const env = getEnv();
    override({ AI: answer("fake"), GREETING: "hi" });
    expect(await ask()).toBe("fake");
    expect(env.GREETING).toBe("hi");
  });

  test("is undone after its test", async () => {
    expect(getEnv().GREETING).toBe("hello");
    await expect(ask()).rejects.toThrow('the binding "AI" was used: bunflare does not simulate ai');
  });

  test("refuses a name that env does not have", () => {
    expect(() => override({ KVV: {} })).toThrow(
      'override() was given "KVV": env has AI, GREETING, KV',
    );
  });

  const simulated = getEnv<{ KV: { get(key: string): Promise<string | null> } }>().KV;

  test("replaces a simulated binding as well", async () => {
    override({ KV: { get: async () => "fake" } });
    expect(await getEnv<{ KV: typeof simulated }>().KV.get("a")).toBe("fake");
  });

  test("gives the simulated binding back as it was", () => {
    expect(getEnv<{ KV: typeof simulated }>().KV).toBe(simulated);
  });

  test.concurrent("belongs to its own test, also among concurrent ones (one)", async () => {
    override({ AI: answer("one") });
    expect([await ask(), await ask()]).toEqual(["one", "one"]);
  });

  test.concurrent("belongs to its own test, also among concurrent ones (two)", async () => {
    override({ AI: answer("two") });
    expect([await ask(), await ask()]).toEqual(["two", "two"]);
  });
});

describe("override in beforeEach", () => {
  beforeEach(() => override({ AI: answer("each") }));

  test("lasts for the test", async () => {
    expect(await ask()).toBe("each");
  });
});

test("override in beforeEach of another block does not last", async () => {
  await expect(ask()).rejects.toThrow('the binding "AI" was used');
});
