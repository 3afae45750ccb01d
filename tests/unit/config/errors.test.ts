// What is wrong with a configuration is said with file, line and key.

import { describe, expect, test } from "bun:test";
import { chmodSync } from "node:fs";

import { loadWorkerConfig } from "../../../runtime/config/load.ts";
import { ConfigError } from "../../../runtime/errors.ts";
import { createFolder, loadText, messageOf, thrownBy } from "./folder.ts";

/** What loading a file with this content says. */
function refusal(name: string, content: string, environment?: string): string {
  return messageOf(() => {
    using _ = loadText(name, content, environment);
  });
}

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
