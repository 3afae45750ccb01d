// Uses a database with migrations, and notes for the outer test whether this process has a directory: the migrated image
// is written to it where the memory of a file ends with it.

import { appendFileSync, existsSync } from "node:fs";
import { expect } from "bun:test";
import { worker } from "bunflare";

export async function useStore(): Promise<void> {
  const response = await worker.fetch("https://a.test/");
  expect(await response.json()).toEqual({ visits: 1 });
  const exists = existsSync(`temporary/bunflare-${process.getuid?.()}-${process.pid}`);
  appendFileSync(process.env.OBSERVED ?? "observed", `${exists}\n`);
}
