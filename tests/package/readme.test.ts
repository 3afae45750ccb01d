// The README's examples, as they are printed: the files that they name make a project, whose tests pass and whose types
// check; its options are options; its links lead somewhere.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import * as helpers from "../../preset/index.ts";
import { matchers } from "../../matchers/index.ts";
import { loadOptions } from "../../runtime/config/options.ts";
import { filesOf, linksOf, optionNames } from "./examples.ts";
import { linkPackages, type Packed, pack, run, runTests } from "./support.ts";

const ROOT = dirname(dirname(import.meta.dir));
const BIN = join(ROOT, "node_modules/.bin");
const README = await Bun.file(join(ROOT, "README.md")).text();

let packed: Packed;
let project: string;

beforeAll(async () => {
  packed = await pack();
  project = await packed.install("readme");
  for (const [name, text] of filesOf(README)) await Bun.write(join(project, name), text);
}, 30_000);

afterAll(() => packed[Symbol.dispose]());

test("names the files of one project", () => {
  expect([...filesOf(README).keys()].sort()).toEqual([
    "bunfig.toml",
    "migrations/0001_guests.sql",
    "src/index.ts",
    "test/guests.test.ts",
    "test/handler.test.ts",
    "test/state.test.ts",
    "tsconfig.json",
    "wrangler.jsonc",
  ]);
});

test("the tests of the examples pass", async () => {
  const ended = await runTests(project, []);
  expect(ended.output).toContain(" 4 pass\n 0 fail\n");
});

test("the types of the examples check with the README's tsconfig.json", async () => {
  linkPackages(project, ["@cloudflare/workers-types"]);
  await run(
    [join(BIN, "node"), join(BIN, "wrangler"), "types", "--include-runtime=false"],
    project,
    { WRANGLER_SEND_METRICS: "false" },
  );
  const byBun = await run([process.execPath, "check"], project);
  expect(byBun.output).toContain("No type errors");
  const byTsc = await run([join(BIN, "tsc")], project);
  expect(byTsc.output).toBe("");
}, 30_000);

test("the options of the README are options, and all of them", async () => {
  const block = /^```toml\n# bunfig\.toml, after \[test\]\n(.*?)^```$/ms.exec(README)?.[1] ?? "";
  await Bun.write(join(project, "options/bunfig.toml"), block);
  const { bunflare } = Bun.TOML.parse(block) as { bunflare: object };
  expect(Object.keys(bunflare).sort()).toEqual(optionNames());
  expect(loadOptions(join(project, "options"))).toEqual({
    config: join(project, "options/wrangler.staging.toml"),
    environment: "staging",
    workers: [join(project, "auth/wrangler.toml")],
    migrations: "manual",
    network: "deny",
    fakes: join(project, "options/test/fakes.ts"),
    seed: 7,
    tmpdir: "/var/tmp",
    persist: join(project, "options/.bunflare"),
  });
});

test("the table of helpers and matchers has all of them", () => {
  const world = () => {
    throw new Error("no matcher is called");
  };
  for (const name of [...Object.keys(helpers), ...Object.keys(matchers(world))]) {
    expect(README).toMatch(new RegExp(`^\\| .*\\b${name}\\b.* \\|.*\\|$`, "m"));
  }
});

test("it leads to each page of docs/", () => {
  const pages = readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`);
  expect(pages.filter((page) => !linksOf(README).includes(page))).toEqual([]);
});

test("its links to files lead somewhere, and it is short", () => {
  expect(linksOf(README).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  expect(README.trimEnd().split("\n").length).toBeLessThanOrEqual(200);
});
