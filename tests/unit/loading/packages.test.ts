// Which files of packages a Worker gets: those that esbuild takes with wrangler's options, here and in the graph of a
// further worker, imported and required.

import { expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Folder } from "../config/folder.ts";
import { createProject, runTests } from "./project.ts";

const ESBUILD = join(import.meta.dir, "../../../node_modules/.bin/esbuild");

/** Files of a package that say which of them was chosen. */
function files(type: "module" | "commonjs", names: readonly string[]): Record<string, string> {
  const text = (name: string): string =>
    type === "module" ? `export const chosen = "${name}";` : `exports.chosen = "${name}";`;
  return Object.fromEntries(names.map((name) => [name, text(name)]));
}

interface Package {
  readonly manifest: object;
  readonly files: Readonly<Record<string, string>>;
}

const conditions = ["bun", "node", "workerd", "worker", "browser", "import", "default"] as const;
const targets = conditions.map((name) => `${name}.js`);

/** A package with these conditions, in this order. */
function conditional(...names: readonly string[]): Package {
  const exports = { ".": Object.fromEntries(names.map((name) => [name, `./${name}.js`])) };
  return { manifest: { type: "module", exports }, files: files("module", targets) };
}

const PACKAGES: Readonly<Record<string, Package>> = {
  first: conditional("bun", "node", "workerd", "worker", "browser", "import", "default"),
  backwards: conditional("browser", "worker", "workerd", "default"),
  "of-workers": conditional("node", "worker", "default"),
  "of-browsers": conditional("node", "browser", "default"),
  "default-first": conditional("default", "workerd"),
  "of-bun": conditional("bun", "import"),
  nested: {
    manifest: {
      type: "module",
      exports: {
        ".": {
          node: "./node.js",
          workerd: { import: "./workerd.js", default: "./worker.js" },
          default: "./default.js",
        },
        "./sub": { browser: "./browser.js", default: "./default.js" },
        "./same": "./import.js",
      },
    },
    files: files("module", targets),
  },
  "@scope/name": conditional("workerd", "default"),
  kinds: {
    manifest: {
      exports: {
        workerd: { import: "./workerd.mjs", require: "./workerd.cjs" },
        default: { import: "./default.mjs", require: "./default.cjs" },
      },
    },
    files: {
      ...files("module", ["workerd.mjs", "default.mjs"]),
      ...files("commonjs", ["workerd.cjs", "default.cjs"]),
    },
  },
  "main-field": {
    manifest: { main: "main.js", browser: "browser.js" },
    files: files("commonjs", ["main.js", "browser.js"]),
  },
  "browser-map": {
    manifest: {
      main: "main.js",
      browser: { "./impl.js": "./impl-browser.js", "./gone.js": false },
    },
    files: {
      "main.js": 'exports.chosen = [require("./impl.js").chosen, Object.keys(require("./gone"))];',
      ...files("commonjs", ["impl.js", "impl-browser.js", "gone.js"]),
    },
  },
  returning: {
    manifest: { type: "module", exports: { workerd: "./workerd.js", default: "./index.js" } },
    files: {
      "workerd.js":
        'export * from "./index.js"; import { base } from "./index.js"; export const chosen = `on ${base}`;',
      "index.js": 'export const base = "index"; export const chosen = base;',
    },
  },
  depending: {
    manifest: { type: "module", exports: "./index.js", dependencies: { "of-workers": "1" } },
    files: { "index.js": 'export { chosen } from "of-workers";' },
  },
};

const IMPORTED = [...Object.keys(PACKAGES), "nested/sub", "nested/same"];
const REQUIRED = ["kinds", "main-field", "browser-map"];

const MAIN = `
${IMPORTED.map((name, i) => `import { chosen as i${i} } from "${name}";`).join("\n")}
export const chosen = {
  imported: { ${IMPORTED.map((name, i) => `"${name}": i${i}`).join(", ")} },
  required: { ${REQUIRED.map((name) => `"${name}": require("${name}").chosen`).join(", ")} },
};
export default { fetch: () => Response.json(chosen) };
`;

const WRANGLER = { main: "main.js", compatibility_date: "2026-11-01" };

function writePackages(
  folder: Folder,
  packages: Readonly<Record<string, Package>>,
  home = "node_modules",
): void {
  for (const [name, { manifest, files }] of Object.entries(packages)) {
    const text = JSON.stringify({ name, version: "1.0.0", ...manifest });
    folder.write(`${home}/${name}/package.json`, text);
    for (const [file, code] of Object.entries(files)) {
      folder.write(`${home}/${name}/${file}`, code);
    }
  }
}

async function chosenByEsbuild(folder: Folder): Promise<unknown> {
  const { exitCode, stderr } = Bun.spawnSync([
    ...[ESBUILD, folder.at("main.js"), `--outfile=${folder.at("bundle.mjs")}`, "--bundle"],
    ...["--format=esm", "--platform=browser", "--conditions=workerd,worker,browser"],
  ]);
  if (exitCode !== 0) throw new Error(stderr.toString());
  return ((await import(folder.at("bundle.mjs"))) as { chosen: unknown }).chosen;
}

test.each([[], ["--isolate"]])(
  "they are those of wrangler's bundler: bun test %s",
  async (...args) => {
    const test = `
    import { expect, test } from "bun:test";
    import { getEnv, worker } from "bunflare";
    import { chosen } from "./main.js";
    const expected = await Bun.file("expected.json").json();
    test("imported by the test", () => expect(chosen).toEqual(expected));
    test("by the worker under test", async () =>
      expect(await (await worker.fetch("https://a/")).json()).toEqual(expected));
    test("by a further worker", async () =>
      expect(await (await getEnv().OTHER.fetch("https://a/")).json()).toEqual(expected));`;
    using folder = createProject(
      {
        "main.js": MAIN,
        "a.test.ts": test,
        "b.test.ts": test,
        "package.json": JSON.stringify({
          dependencies: Object.fromEntries(Object.keys(PACKAGES).map((name) => [name, "1"])),
        }),
        "wrangler.json": JSON.stringify({
          ...{ name: "app", ...WRANGLER },
          services: [{ binding: "OTHER", service: "other" }],
        }),
        "other.json": JSON.stringify({ name: "other", ...WRANGLER }),
      },
      '[bunflare]\nworkers = ["other.json"]',
    );
    writePackages(folder, PACKAGES);
    folder.write("expected.json", JSON.stringify(await chosenByEsbuild(folder)));
    const { exitCode, output } = await runTests(folder, args);
    expect(output).toContain("6 pass");
    expect(exitCode).toBe(0);
  },
);

const CHOSEN = `
  import { expect, test } from "bun:test";
  import { chosen } from "a";
  test("the choice", () => expect(chosen).toBe(process.env.EXPECTED));`;

test("files for browsers are not for packages that only tests need", async () => {
  using folder = createProject({
    "a.test.ts": CHOSEN.replace("process.env.EXPECTED", '"default.js"'),
    "package.json": JSON.stringify({ devDependencies: { a: "1" } }),
  });
  writePackages(folder, { a: conditional("browser", "default") });
  expect((await runTests(folder)).output).toContain("1 pass");
});

test("code for sockets of Workers is not taken", async () => {
  using folder = createProject({
    "a.test.ts": CHOSEN.replace("process.env.EXPECTED", '"default.js"'),
    "package.json": JSON.stringify({ dependencies: { a: "1" } }),
  });
  const driver = conditional("workerd", "default");
  const code = 'export { chosen } from "./deep.js";';
  const deep = 'import { connect } from "cloudflare:sockets"; export const chosen = connect;';
  writePackages(folder, {
    a: { ...driver, files: { ...driver.files, "workerd.js": code, "deep.js": deep } },
  });
  expect((await runTests(folder)).output).toContain("1 pass");
});

test("they are looked up anew in each run", async () => {
  using folder = createProject({
    "a.test.ts": CHOSEN.replace("process.env.EXPECTED", 'require("./expected.json")'),
    "package.json": JSON.stringify({ dependencies: { a: "1" } }),
  });
  for (const [name, conditions] of [
    ["workerd.js", ["workerd", "default"]],
    ["default.js", ["default"]],
  ] as const) {
    writePackages(folder, { a: conditional(...conditions) });
    folder.write("expected.json", JSON.stringify(name));
    expect((await runTests(folder)).output).toContain("1 pass\n 0 fail");
  }
});

test("each project has its own, also where one process tests several", async () => {
  const chosen = (expected: string): string => CHOSEN.replace("process.env.EXPECTED", expected);
  using folder = createProject({
    "bun.lock": "",
    "package.json": '{ "workspaces": ["*"] }',
    "for-workers/a.test.ts": chosen('"browser.js"'),
    "for-workers/package.json": JSON.stringify({ dependencies: { a: "1" } }),
    "for-tests/a.test.ts": chosen('"default.js"'),
    "for-tests/b.test.ts": chosen('"default.js"'),
    "for-tests/package.json": JSON.stringify({ devDependencies: { a: "1" } }),
    "undeclared/a.test.ts": chosen('"default.js"'),
    "undeclared/package.json": "{}",
  });
  writePackages(folder, { a: conditional("browser", "default") });
  for (const args of [
    [],
    ["--isolate"],
    ["--randomize", "--seed=1"],
    ["--randomize", "--seed=2"],
  ]) {
    expect((await runTests(folder, args)).output).toContain("4 pass\n 0 fail");
  }
});

test("CommonJS that another project replaces stays what it is", async () => {
  const chosen = (expected: string): string => CHOSEN.replace("process.env.EXPECTED", expected);
  using folder = createProject({
    "bun.lock": "",
    "package.json": "{}",
    "a/a.test.ts": chosen('"browser.js"'),
    "a/package.json": JSON.stringify({ dependencies: { a: "1" } }),
    "b/a.test.ts": `${chosen('"main.js"')}
      test("required", () => expect(require("a").chosen).toBe("main.js"));`,
    "b/package.json": JSON.stringify({ devDependencies: { a: "1" } }),
  });
  const main = PACKAGES["main-field"];
  if (main === undefined) throw new Error("there is no such package");
  writePackages(folder, { a: main });
  expect((await runTests(folder)).output).toContain("3 pass\n 0 fail");
});

test("packages are found where the isolated linkers put them", async () => {
  using folder = createProject({
    "a.test.ts": CHOSEN.replaceAll('"a"', '"outer"').replace(
      "process.env.EXPECTED",
      '"workerd.js"',
    ),
    "package.json": JSON.stringify({ dependencies: { outer: "1" } }),
  });
  const store = "node_modules/.bun";
  const outer = {
    manifest: { type: "module", exports: "./index.js", dependencies: { a: "1" } },
    files: { "index.js": 'export { chosen } from "a";' },
  };
  writePackages(folder, { outer }, `${store}/outer@1/node_modules`);
  writePackages(folder, { a: conditional("workerd", "default") }, `${store}/a@1/node_modules`);
  symlinkSync(".bun/outer@1/node_modules/outer", folder.at("node_modules/outer"));
  symlinkSync("../../a@1/node_modules/a", folder.at(`${store}/outer@1/node_modules/a`));
  expect((await runTests(folder)).output).toContain("1 pass\n 0 fail");
});

test("what only a hook of a preload imports is chosen for Workers too", async () => {
  using folder = createProject({
    "setup.ts": `
      import { beforeAll } from "bun:test";
      beforeAll(async () => { globalThis.chosen = (await import("./main.ts")).chosen; });`,
    "main.ts": 'export { chosen } from "a";',
    "a.test.ts": `
      import { expect, test } from "bun:test";
      test("the choice", () => expect(globalThis.chosen).toBe("workerd.js"));`,
    "package.json": JSON.stringify({ dependencies: { a: "1" } }),
  });
  writePackages(folder, { a: conditional("workerd", "default") });
  const { output } = await runTests(folder, ["--preload=./setup.ts"]);
  expect(output).toContain("1 pass\n 0 fail");
});
