// The pages of docs/, as they are printed: the files that a page names make a project, whose tests pass with the packed
// package and whose types check. A folder of a page with a bunfig.toml of its own is a project of its own.

import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { cpSync, existsSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { blocksOf, filesOf, linksOf, optionNames } from "./examples.ts";
import { linkPackages, type Packed, pack, run, runTests } from "./support.ts";

const ROOT = dirname(dirname(import.meta.dir));
const BIN = join(ROOT, "node_modules/.bin");
const DOCS = join(ROOT, "docs");
const MAX_LINES = 120;

/** Languages whose blocks are files; all others only show something. */
const CODE = ["ts", "jsonc", "toml", "sql", "ini"];

/** What every project has, unless its page shows its own. */
const SHARED: Readonly<Record<string, string>> = {
  "bunfig.toml": '[test]\npreload = ["bunflare/preload"]\n',
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "ESNext",
      module: "Preserve",
      lib: ["ESNext"],
      types: ["@cloudflare/workers-types", "bun-types/test"],
      strict: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      // For drizzle-orm's own declarations.
      skipLibCheck: true,
    },
  }),
};

/** Files that cannot be printed, by project. */
const BINARIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  loading: { "src/add.wasm": "tests/examples/workers/loading/assets/add.wasm" },
};

/** A directory in which tests run. */
interface Project {
  /** Such as `d1` or `d1/manual`. */
  readonly name: string;
  /** By path relative to the project. */
  readonly files: ReadonlyMap<string, string>;
}

const pages = new Map<string, string>();
for (const file of readdirSync(DOCS).sort()) {
  pages.set(file.replace(/\.md$/, ""), await Bun.file(join(DOCS, file)).text());
}
const projects = [...pages].flatMap(([name, page]) => projectsOf(name, filesOf(page)));

let packed: Packed;
let home: string;

beforeAll(async () => {
  packed = await pack();
  home = await packed.install("readme");
  linkPackages(home, ["@cloudflare/workers-types"]);
  symlinkSync(join(ROOT, "node_modules/drizzle-orm"), join(home, "node_modules/drizzle-orm"));
  symlinkSync(join(ROOT, "node_modules/msw-2"), join(home, "node_modules/msw"));
  for (const { name, files } of projects) {
    for (const [file, text] of [...Object.entries(SHARED), ...files]) {
      await Bun.write(join(home, name, file), text);
    }
    for (const [file, source] of Object.entries(BINARIES[name] ?? {})) {
      cpSync(join(ROOT, source), join(home, name, file));
    }
  }
}, 30_000);

afterAll(() => packed[Symbol.dispose]());

describe.each([...pages])("docs/%s.md", (_, page) => {
  test("is short, and its links lead somewhere", () => {
    expect(page.trimEnd().split("\n").length).toBeLessThanOrEqual(MAX_LINES);
    expect(linksOf(page).filter((path) => !existsSync(join(DOCS, path)))).toEqual([]);
  });

  test("names the file of each example", () => {
    const code = blocksOf(page).filter(({ language }) => CODE.includes(language));
    expect(code.length).toBeGreaterThan(0);
    expect(code.filter(({ file }) => file === null)).toEqual([]);
  });
});

test("docs/configuration.md has every option", () => {
  const [, table = ""] =
    /^## Options of bunflare$(.*)/ms.exec(pages.get("configuration") ?? "") ?? [];
  const names = [...table.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
  expect(names.sort()).toEqual(optionNames());
});

test.each(projects.map(({ name, files }) => [name, files] as const))(
  "the tests of the examples pass: %s",
  async (name, files) => {
    const tests = [...files.keys()].filter((file) => file.endsWith(".test.ts"));
    const ended = await runTests(join(home, name), ["./test"]);
    expect(ended.output).toContain(" 0 fail\n");
    expect(ended.output).toContain(`across ${tests.length} file${tests.length === 1 ? "" : "s"}.`);
    expect(ended.exitCode).toBe(0);
  },
);

test("the types of the examples check, with those that wrangler writes", async () => {
  await Bun.write(join(home, "types.mjs"), TYPES_SCRIPT);
  symlinkSync(join(ROOT, "node_modules/wrangler"), join(home, "node_modules/wrangler"));
  const names = projects.map(({ name }) => name);
  const written = await run([join(BIN, "node"), "types.mjs", ...names], home, {
    WRANGLER_SEND_METRICS: "false",
  });
  expect(written).toMatchObject({ exitCode: 0 });
  const checked = await run([join(BIN, "tsc"), "-b", ...names], home);
  expect(checked).toMatchObject({ exitCode: 0, output: "" });
}, 60_000);

/** Writes `worker-configuration.d.ts` of each project, as `wrangler types` would, in one process. */
const TYPES_SCRIPT = `
import { existsSync, globSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { experimental_generateTypes } from "wrangler";

const home = process.cwd();
for (const project of process.argv.slice(2)) {
  process.chdir(home + "/" + project);
  // That of the project itself comes first; others are of Workers that it calls.
  const others = globSync("*/wrangler.{jsonc,toml}").filter((file) => !existsSync(dirname(file) + "/bunfig.toml"));
  const config = [...globSync("wrangler.{jsonc,toml}"), ...others];
  const { content, path } = await experimental_generateTypes({ config, includeRuntime: false });
  writeFileSync(path, content);
}
`;

/** The page's own project, without the folders that are projects of their own, and those. */
function projectsOf(page: string, files: ReadonlyMap<string, string>): Project[] {
  const folders = [...files.keys()].flatMap((file) =>
    file.endsWith("/bunfig.toml") ? [dirname(file)] : [],
  );
  const isIn = (file: string, folder: string): boolean => file.startsWith(`${folder}/`);
  const own = [...files].filter(([file]) => !folders.some((folder) => isIn(file, folder)));
  return [
    { name: page, files: new Map(own) },
    ...folders.map((folder) => ({
      name: `${page}/${folder}`,
      files: new Map(
        [...files]
          .filter(([file]) => isIn(file, folder))
          .map(([file, text]) => [file.slice(folder.length + 1), text]),
      ),
    })),
  ];
}
