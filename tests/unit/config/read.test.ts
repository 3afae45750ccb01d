// Entries of a configuration and the lines of its keys, in TOML as in JSON.

import { describe, expect, test } from "bun:test";

import { list, table } from "../../../runtime/config/read.ts";
import type { WorkerConfig } from "../../../runtime/config/types.ts";
import { loadText, messageOf } from "./folder.ts";

const TOML = `name = "worker" # a comment
kv_namespaces = [
  { binding = "A", id = "a" },
  { binding = "B", id = 5 },
]

[vars]
GREETING = "hello"

[[queues.consumers]]
queue = "one"

[[queues.consumers]]
queue = "two"
max_batch_size = "ten"

[env.staging]
queues.consumers = []

[[env.staging.r2_buckets]]
binding = "FILES"
bucket_name = 7

[env.staging.images]
binding = true
`;

const JSONC = `{
  "name": "worker",
  "kv_namespaces": [
    { "binding": "A", "id": "a" },
    {
      "binding": "B", // the second
      "id": 5
    }
  ],
  "env": {
    "staging": {
      "r2_buckets": [{ "bucket_name": 7 }],
    },
  },
}
`;

describe("line", () => {
  const lineOf = (config: WorkerConfig, ...path: (string | number)[]) =>
    config.error("config_invalid", path, { what: "is wrong" }).line;

  test("is found for every way of writing a key in TOML", () => {
    using config = loadText("wrangler.toml", TOML);
    expect(lineOf(config, "name")).toBe(1);
    expect(lineOf(config, "kv_namespaces")).toBe(2);
    expect(lineOf(config, "kv_namespaces", 0)).toBe(3);
    expect(lineOf(config, "kv_namespaces", 1, "id")).toBe(4);
    expect(lineOf(config, "vars")).toBe(7);
    expect(lineOf(config, "vars", "GREETING")).toBe(8);
    expect(lineOf(config, "queues", "consumers", 1)).toBe(13);
    expect(lineOf(config, "queues", "consumers", 1, "max_batch_size")).toBe(15);
  });

  test("is that of the nearest table when the key is absent", () => {
    using config = loadText("wrangler.toml", TOML);
    expect(lineOf(config, "queues", "consumers", 0, "max_retries")).toBe(10);
    expect(lineOf(config, "main")).toBeNull();
  });

  test("is in the environment that gives the value", () => {
    using config = loadText("wrangler.toml", TOML, "staging");
    expect(lineOf(config, "r2_buckets", 0, "bucket_name")).toBe(22);
    expect(lineOf(config, "images", "binding")).toBe(25);
    expect(lineOf(config, "queues", "consumers")).toBe(18);
    expect(lineOf(config, "name")).toBe(1);
  });

  test("is found in JSON with comments", () => {
    using config = loadText("wrangler.jsonc", JSONC, "staging");
    expect(lineOf(config, "name")).toBe(2);
    expect(lineOf(config, "r2_buckets", 0, "bucket_name")).toBe(12);
    using base = loadText("wrangler.jsonc", JSONC);
    expect(lineOf(base, "kv_namespaces", 1)).toBe(5);
    expect(lineOf(base, "kv_namespaces", 1, "id")).toBe(7);
    expect(lineOf(base, "kv_namespaces", 1, "preview_id")).toBe(5);
  });
});

describe("an entry", () => {
  test("gives values of their types, and errors that name the place", () => {
    using config = loadText("wrangler.toml", TOML);
    const [a, b] = list(config, "kv_namespaces");
    expect(a?.string("binding")).toBe("A");
    expect(a?.optionalString("preview_id")).toBeUndefined();
    expect(a?.string("preview_id", "none")).toBe("none");
    expect(messageOf(() => b?.string("id"))).toBe(
      "[bunflare] wrangler.toml:4, kv_namespaces[1].id: must be a string: it is 5",
    );
    expect(messageOf(() => b?.string("preview_id"))).toBe(
      "[bunflare] wrangler.toml:4, kv_namespaces[1].preview_id: is missing: it must be a string",
    );
    const [, consumer] = list(config, "queues.consumers");
    expect(messageOf(() => consumer?.number("max_batch_size"))).toBe(
      '[bunflare] wrangler.toml:15, queues.consumers[1].max_batch_size: must be a number: it is "ten"',
    );
  });

  test("names the environment that it was written in", () => {
    using config = loadText("wrangler.toml", TOML, "staging");
    const [bucket] = list(config, "r2_buckets");
    expect(messageOf(() => bucket?.oneOf("bucket_name", ["a", "b"]))).toBe(
      '[bunflare] wrangler.toml:22, env.staging.r2_buckets[0].bucket_name: must be "a" or "b": it is 7',
    );
    expect(messageOf(() => table(config, "images")?.string("binding"))).toBe(
      "[bunflare] wrangler.toml:25, env.staging.images.binding: must be a string: it is true",
    );
  });

  test("is none for an absent key", () => {
    using config = loadText("wrangler.toml", TOML);
    expect(list(config, "d1_databases")).toEqual([]);
    expect(table(config, "images")).toBeNull();
  });

  test("reads lists, tables and choices inside it", () => {
    const content = `{
      "assets": { "run_worker_first": ["/a", "/b"], "html_handling": "none" },
      "ratelimits": [{ "simple": { "limit": 5, "period": 10 } }]
    }`;
    using config = loadText("wrangler.json", content);
    const assets = table(config, "assets");
    expect(assets?.strings("run_worker_first")).toEqual(["/a", "/b"]);
    expect(assets?.oneOf("html_handling", ["auto", "none"])).toBe("none");
    expect(assets?.optionalBoolean("x")).toBeUndefined();
    expect(assets?.boolean("x", true)).toBe(true);
    const simple = list(config, "ratelimits")[0]?.table("simple");
    expect(simple?.oneOf("period", [10, 60])).toBe(10);
    expect(simple?.path).toEqual(["ratelimits", 0, "simple"]);
    expect(messageOf(() => simple?.list("limit"))).toBe(
      "[bunflare] wrangler.json:3, ratelimits[0].simple.limit: must be a list: it is 5",
    );
  });
});
