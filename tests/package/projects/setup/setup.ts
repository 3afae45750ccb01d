// The project's own preload: it seeds every test, and no test sends mail.

import { beforeEach, mock } from "bun:test";
import { getEnv } from "bunflare";

void mock.module("./mail.ts", () => ({ send: () => "kept back" }));

beforeEach(async () => {
  await getEnv<{ KV: KVNamespace }>().KV.put("seeded", "yes");
});
