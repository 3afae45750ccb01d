// Uses a database with migrations: its migrated image is a file. Says that the directory of this process is there.

import { existsSync } from "node:fs";
import { expect } from "bun:test";
import { worker } from "bunflare";

export async function useStore(): Promise<void> {
  const response = await worker.fetch("https://a.test/");
  expect(await response.json()).toEqual({ visits: 1 });
  expect(existsSync(`temporary/bunflare-${process.getuid?.()}-${process.pid}`)).toBe(true);
}
