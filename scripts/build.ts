// Makes dist/, which the package ships. Start-up is the product: the files are CommonJS with bytecode, which loads in
// half the time of ES modules; a module that the sources load lazily, by `require("./x.ts")`, stays lazy. Bun splits
// bundles only as ES modules, so the modules are divided here: each file offers its own to the others in a table. npm
// dependencies are bundled as well, each into a file of its own: modules of dist/ live as long as the process, those of
// node_modules are dropped between test files.

import type { BuildConfig, BunPlugin, OnLoadResult } from "bun";
import { rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { type Module, readGraph } from "./build/graph.ts";
import { divide, type Group, nameOf } from "./build/groups.ts";
import { ROOT } from "./project.ts";

const OUT = join(ROOT, "dist");

/** The files that package.json exports. */
const ENTRIES = {
  preload: "preset/preload.ts",
  index: "preset/index.ts",
  fixtures: "fixtures/index.ts",
};

/** The name of the export with the table of a file's modules. */
const TABLE = "modules";

/** How modules name a file of dist/ while it is made. */
const FILE = "dist:";

function isPackage(specifier: string): boolean {
  return !/^(\.|\/|node:|bun(:|$)|cloudflare:)/.test(specifier);
}

/** Sends imports of a module that is in another file to that file's table. */
function acrossFiles(group: Group, fileOf: ReadonlyMap<string, string>): BunPlugin {
  return {
    name: "across files",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
        if (kind === "entry-point-build") return { path };
        if (path.startsWith(FILE))
          return { path: `./${path.slice(FILE.length)}.js`, external: true };
        if (kind === "require-call" && isPackage(path)) {
          return { path: `./${nameOf(path)}.js`, external: true };
        }
        if (!path.startsWith(".") || importer === "") return undefined;
        const module = relative(ROOT, join(dirname(importer), path));
        return group.modules.has(module) ? undefined : { path: module, namespace: "table" };
      });
      build.onLoad(
        { filter: /.*/, namespace: "table" },
        async ({ path }): Promise<OnLoadResult> => {
          const file = fileOf.get(path);
          if (file === undefined) throw new Error(`${path} is in no file`);
          // As constants: no module reassigns what it exports.
          const names = (await exportsOf(path)).join(", ");
          const table = `require("${FILE}${file}").${TABLE}`;
          return {
            contents: `export const { ${names} } = ${table}[${JSON.stringify(path)}];`,
            loader: "js",
          };
        },
      );
    },
  };
}

async function bundle(config: Partial<BuildConfig> & { entrypoints: string[] }): Promise<void> {
  await Bun.build({
    ...config,
    outdir: OUT,
    target: "bun",
    format: "cjs",
    bytecode: true,
    // Else the bundler writes the place of the source into the bundle.
    define: { "import.meta.dir": "module.path" },
    throw: true,
  });
}

/** Builds dist/ from nothing. */
async function build(): Promise<void> {
  const graph = await readGraph(ROOT, Object.values(ENTRIES));
  const groups = divide(graph, ENTRIES);
  const fileOf = new Map(
    groups.flatMap(({ name, modules }) => [...modules].map((module) => [module, name])),
  );
  const wanted = wantedAcross(graph, fileOf);
  await rm(OUT, { recursive: true, force: true });
  for (const group of groups) {
    const entry: string | undefined = ENTRIES[group.name as keyof typeof ENTRIES];
    const file = join(ROOT, `${group.name}.ts`);
    await bundle({
      entrypoints: [file],
      files: {
        [file]: entry === undefined ? await tableOf(group, wanted) : `export * from "./${entry}";`,
      },
      naming: { entry: "[name].[ext]" },
      // Whitespace stays: Bun shows the lines around an error, and some errors are thrown here.
      minify: { syntax: true },
      plugins: [acrossFiles(group, fileOf)],
    });
  }
  for (const specifier of await packagesOf(graph.keys())) {
    const file = join(ROOT, `${nameOf(specifier)}.ts`);
    await bundle({
      entrypoints: [file],
      // Imported, so that the bundler takes a package's ES modules where it has both.
      files: { [file]: `export * from ${JSON.stringify(specifier)};` },
      naming: { entry: "[name].[ext]" },
      minify: true,
    });
  }
}

/** The modules that a module in another file loads. */
function wantedAcross(
  graph: ReadonlyMap<string, Module>,
  fileOf: ReadonlyMap<string, string>,
): Set<string> {
  const wanted = new Set<string>();
  for (const [path, { eager, lazy }] of graph) {
    for (const to of [...eager, ...lazy]) if (fileOf.get(to) !== fileOf.get(path)) wanted.add(to);
  }
  return wanted;
}

/**
 * A module that exports, in one table, those modules of a file that other files want, each as a plain object: a module
 * object has a getter for each export, which takes ten times as long to make.
 */
async function tableOf(group: Group, wanted: ReadonlySet<string>): Promise<string> {
  const modules = [...group.modules].filter((path) => wanted.has(path));
  const imports: string[] = [];
  const rows: string[] = [];
  for (const [index, path] of modules.entries()) {
    const names = await exportsOf(path);
    const locals = names.map((name) => `${name} as ${name}_${index}`);
    imports.push(`import { ${locals.join(", ")} } from "./${path}";`);
    const members = names.map((name) => `${name}: ${name}_${index}`);
    rows.push(`  ${JSON.stringify(path)}: { ${members.join(", ")} },`);
  }
  return `${imports.join("\n")}\nexport const ${TABLE} = {\n${rows.join("\n")}\n};\n`;
}

async function exportsOf(module: string): Promise<string[]> {
  const source = await Bun.file(join(ROOT, module)).text();
  return new Bun.Transpiler({ loader: "ts" }).scan(source).exports;
}

/** The specifiers of packages that our modules load; throws where one would be loaded before it is used. */
async function packagesOf(modules: Iterable<string>): Promise<Set<string>> {
  const transpiler = new Bun.Transpiler({ loader: "ts" });
  const packages = new Set<string>();
  for (const module of modules) {
    if (module.startsWith("node_modules/")) continue;
    const source = await Bun.file(join(ROOT, module)).text();
    for (const { kind, path } of transpiler.scanImports(source)) {
      if (!isPackage(path)) continue;
      if (kind !== "require-call") throw new Error(`${module} loads "${path}" eagerly`);
      packages.add(path);
    }
  }
  return packages;
}

await build();
