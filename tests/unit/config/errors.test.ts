// What is wrong with a configuration is said with file, line and key, in TOML as in JSON.

import { describe, expect, test } from "bun:test";
import { chmodSync } from "node:fs";

import { ConfigError } from "../../../runtime/errors.ts";
import { loadWorkerConfig } from "../../../runtime/config/load.ts";
import { list, table } from "../../../runtime/config/read.ts";
import type { WorkerConfig } from "../../../runtime/config/types.ts";
import { createFolder, thrownBy } from "./folder.ts";

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

function load(name: string, content: string, environment?: string): Loaded {
  const folder = createFolder({ [name]: content });
  const config = loadWorkerConfig({ from: [folder.path], environment, processEnv: {} });
  return Object.assign(config, { [Symbol.dispose]: () => folder[Symbol.dispose]() });
}
type Loaded = WorkerConfig & Disposable;

/** The message of an error without the folder that the test was run in. */
function messageOf(run: () => unknown): string {
  return thrownBy(run).message.replaceAll(/\S*bunflare-config-\w+\//g, "");
}

/** What loading a file with this content says. */
function refusal(name: string, content: string, environment?: string): string {
  return messageOf(() => {
    using _ = load(name, content, environment);
  });
}

describe("line", () => {
  const lineOf = (config: WorkerConfig, ...path: (string | number)[]) =>
    config.error("config_invalid", path, { what: "is wrong" }).line;

  test("is found for every way of writing a key in TOML", () => {
    using config = load("wrangler.toml", TOML);
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
    using config = load("wrangler.toml", TOML);
    expect(lineOf(config, "queues", "consumers", 0, "max_retries")).toBe(10);
    expect(lineOf(config, "main")).toBeNull();
  });

  test("is in the environment that gives the value", () => {
    using config = load("wrangler.toml", TOML, "staging");
    expect(lineOf(config, "r2_buckets", 0, "bucket_name")).toBe(22);
    expect(lineOf(config, "images", "binding")).toBe(25);
    expect(lineOf(config, "queues", "consumers")).toBe(18);
    expect(lineOf(config, "name")).toBe(1);
  });

  test("is found in JSON with comments", () => {
    using config = load("wrangler.jsonc", JSONC, "staging");
    expect(lineOf(config, "name")).toBe(2);
    expect(lineOf(config, "r2_buckets", 0, "bucket_name")).toBe(12);
    using base = load("wrangler.jsonc", JSONC);
    expect(lineOf(base, "kv_namespaces", 1)).toBe(5);
    expect(lineOf(base, "kv_namespaces", 1, "id")).toBe(7);
    expect(lineOf(base, "kv_namespaces", 1, "preview_id")).toBe(5);
  });
});

describe("an entry", () => {
  test("gives values of their types, and errors that name the place", () => {
    using config = load("wrangler.toml", TOML);
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
    using config = load("wrangler.toml", TOML, "staging");
    const [bucket] = list(config, "r2_buckets");
    expect(messageOf(() => bucket?.oneOf("bucket_name", ["a", "b"]))).toBe(
      '[bunflare] wrangler.toml:22, env.staging.r2_buckets[0].bucket_name: must be "a" or "b": it is 7',
    );
    expect(messageOf(() => table(config, "images")?.string("binding"))).toBe(
      "[bunflare] wrangler.toml:25, env.staging.images.binding: must be a string: it is true",
    );
  });

  test("is none for an absent key", () => {
    using config = load("wrangler.toml", TOML);
    expect(list(config, "d1_databases")).toEqual([]);
    expect(table(config, "images")).toBeNull();
  });

  test("reads lists, tables and choices inside it", () => {
    const content = `{
      "assets": { "run_worker_first": ["/a", "/b"], "html_handling": "none" },
      "ratelimits": [{ "simple": { "limit": 5, "period": 10 } }]
    }`;
    using config = load("wrangler.json", content);
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

describe("loadWorkerConfig", () => {
  test.each([
    [
      "wrangler.toml",
      'name = "a"\nmain = \n',
      "wrangler.toml:2: is not valid TOML: unexpected end of the line in `main =`",
    ],
    [
      "wrangler.toml",
      'name = "a',
      'wrangler.toml:1: is not valid TOML: unexpected end of the file in `name = "a`',
    ],
    [
      "wrangler.toml",
      "[a]\n[a]",
      "wrangler.toml:2: is not valid TOML: Cannot redefine existing key 'a'",
    ],
    [
      "wrangler.jsonc",
      '{\n  "name": "a"\n  "main": "b"\n}',
      'wrangler.jsonc:3: is not valid JSON: comma expected, at "\\"main\\""',
    ],
    [
      "wrangler.jsonc",
      '{\n"name": "a"',
      "wrangler.jsonc:2: is not valid JSON: close brace expected, at the end",
    ],
    ["wrangler.jsonc", "[1]", "wrangler.jsonc:1: must hold an object, but holds [1]"],
    [
      "wrangler.jsonc",
      '{"name":"a"} }',
      'wrangler.jsonc:1: is not valid JSON: end of file expected, at "}"',
    ],
  ])("says what is wrong with the syntax of %s: %j", (name, content, message) => {
    expect(refusal(name, content)).toBe(`[bunflare] ${message}`);
  });

  test.each([
    ["main = 5", "wrangler.toml:1, main: must be a string: it is 5"],
    [
      'name = "My Worker"',
      'wrangler.toml:1, name: must be lower-case letters, digits and underscores, with dashes: it is "My Worker"',
    ],
    ["workers_dev = 1", "wrangler.toml:1, workers_dev: must be true or false: it is 1"],
    [
      "compatibility_date = 2026-01-01",
      'wrangler.toml:1, compatibility_date: must be a string: a date without quotes is a TOML date. Write "2026-01-01"',
    ],
    [
      'compatibility_date = "2026-1-1"',
      'wrangler.toml:1, compatibility_date: must be a date such as "2026-11-17": it is "2026-1-1"',
    ],
    [
      "[vars]\nDAY = 2026-01-01",
      'wrangler.toml:2, vars.DAY: must not be a TOML date. Write "2026-01-01"',
    ],
    ['kv_namespaces = "KV"', 'wrangler.toml:1, kv_namespaces: must be a list: it is "KV"'],
    ["[[migrations]]\nnew_classes = []", "wrangler.toml:1, migrations[0].tag: is missing"],
    [
      '[exports.Room]\ntype = "durable-object"',
      "wrangler.toml:1, exports.Room.storage: is missing",
    ],
    [
      "[triggers]\ncrons = '* * * * *'",
      'wrangler.toml:2, triggers.crons: must be a list: it is "* * * * *"',
    ],
    [
      "node_compat = true",
      "wrangler.toml:1, node_compat: is no longer supported. Use the compatibility flag nodejs_compat",
    ],
    [
      'route = "a/*"\nroutes = []',
      'wrangler.toml:2, routes: cannot stand beside "route". Keep one of the two',
    ],
    [
      '[vars]\nKV = ""\n[[kv_namespaces]]\nbinding = "KV"',
      'wrangler.toml:4, kv_namespaces[0].binding: the name "KV" is taken: vars.KV has it. Give every binding a name of its own',
    ],
  ])("names file, line and key: %j", (content, message) => {
    expect(refusal("wrangler.toml", content)).toBe(`[bunflare] ${message}`);
  });

  test("lists the environments when the one asked for is none of them", () => {
    const content = '[env.staging]\nname = "a"\n[env.production]\nname = "b"';
    expect(refusal("wrangler.toml", content, "stagin")).toBe(
      '[bunflare] wrangler.toml:1, env: has no environment "stagin": it has staging, production. ' +
        "Add it, or choose another with CLOUDFLARE_ENV or [bunflare] environment",
    );
  });

  test("says where it looked when there is no configuration", () => {
    using folder = createFolder({ "a/x": "" });
    const run = () => loadWorkerConfig({ from: [folder.at("a"), folder.path], processEnv: {} });
    expect(thrownBy(run).code).toBe("config_not_found");
    expect(thrownBy(run).message).toBe(
      "[bunflare] no wrangler configuration found: wrangler.json, wrangler.jsonc or wrangler.toml " +
        `is neither in ${folder.at("a")} nor in ${folder.path}, nor in a folder above. ` +
        'Create one, or name it in bunfig.toml: [bunflare] config = "path/to/wrangler.jsonc"',
    );
  });

  test("says that a named file is missing or has an unknown ending", () => {
    using folder = createFolder({ "wrangler.yaml": "", "folder.toml/x": "" });
    const load = (file: string) => () =>
      loadWorkerConfig({ file: folder.at(file), processEnv: {} });
    expect(messageOf(load("none.toml"))).toContain("there is no such file");
    expect(messageOf(load("folder.toml"))).toContain("there is no such file");
    expect(messageOf(load("wrangler.yaml"))).toContain("wrangler.yaml is neither TOML nor JSON");
  });

  test("refuses a file in another encoding", () => {
    using folder = createFolder();
    const text = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("{}", "utf16le")]);
    folder.write("wrangler.json", text);
    const run = () => loadWorkerConfig({ from: [folder.path], processEnv: {} });
    expect(messageOf(run)).toContain("wrangler.json:1: is not UTF-8");
  });

  test("refuses .dev.vars that cannot be read", () => {
    using folder = createFolder({ "wrangler.json": "{}", ".dev.vars/x": "" });
    const run = () => loadWorkerConfig({ from: [folder.path], processEnv: {} });
    expect(messageOf(run)).toBe(
      "[bunflare] .dev.vars: the local variables cannot be read: it is a folder. " +
        "Make it a readable text file of KEY=value lines, or remove it",
    );
    using other = createFolder({
      "wrangler.json": "{}",
      ".dev.vars": new Uint8Array([65, 61, 0xe9, 10]),
    });
    expect(messageOf(() => loadWorkerConfig({ from: [other.path], processEnv: {} }))).toContain(
      ".dev.vars: the local variables cannot be read: it is not UTF-8",
    );
  });

  // The superuser may read everything.
  test.skipIf(process.getuid?.() === 0)("refuses .dev.vars without permission to read it", () => {
    using folder = createFolder({ "wrangler.json": "{}", ".dev.vars": "A=1" });
    chmodSync(folder.at(".dev.vars"), 0);
    const run = () => loadWorkerConfig({ from: [folder.path], processEnv: {} });
    expect(messageOf(run)).toContain("permission denied");
  });

  test("throws ConfigError with the parts that the message is made of", () => {
    using folder = createFolder({ "wrangler.toml": "main = 5" });
    const error = thrownBy(() => loadWorkerConfig({ from: [folder.path], processEnv: {} }));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({
      code: "config_invalid",
      file: folder.at("wrangler.toml"),
      line: 1,
      key: "main",
    });
  });
});
