import { expect, test } from "bun:test";
import { populateProcessEnv } from "../../preset/process-env.ts";

test("undone, the process has what it had", () => {
  process.env.BUNFLARE_TEST = "before";
  const undo = populateProcessEnv({ BUNFLARE_TEST: "vars", BUNFLARE_OTHER: 5 });
  expect(process.env.BUNFLARE_TEST).toBe("vars");
  expect(process.env.BUNFLARE_OTHER).toBe("5");
  undo();
  expect(process.env.BUNFLARE_TEST).toBe("before");
  expect(process.env.BUNFLARE_OTHER).toBeUndefined();
  delete process.env.BUNFLARE_TEST;
});
