// What a test file sees of the configuration, and of that of the file after it, which `next` is written for.

import { expect, test } from "bun:test";
import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getEnv } from "bunflare";

const FILE = join(import.meta.dir, "wrangler.json");

/** Tests that the environment says `greeting`, then writes a configuration that says `next`. */
export function suite(greeting: string, next: string): void {
  test(`the configuration says ${greeting}`, async () => {
    const env = getEnv<{ GREETING: string; LIST: number[]; KV: KVNamespace }>();
    expect(env.GREETING).toBe(greeting);
    // Each file has values of its own.
    expect(env.LIST).toEqual([1]);
    env.LIST.push(2);
    expect(await env.KV.get("greeting")).toBeNull();
    await env.KV.put("greeting", greeting);
  });

  test("the next file finds another one", () => {
    writeFileSync(FILE, configuration(next));
    // Not within the same millisecond.
    const later = new Date(Date.now() + 1000);
    utimesSync(FILE, later, later);
  });
}

/** A configuration with a key that wrangler warns about. */
function configuration(greeting: string): string {
  return JSON.stringify({
    name: "kept",
    compatibility_date: "2026-11-01",
    kv_namespaces: [{ binding: "KV", id: "kv" }],
    vars: { GREETING: greeting, LIST: [1] },
    no_such_key: true,
  });
}
