// Makes dist/, which the package ships. Start-up is the product: the files are CommonJS with bytecode, which loads in
// half the time of ES modules; a module that the sources load lazily, by `require("./x.ts")`, stays lazy. Bun splits
// bundles only as ES modules, so the modules are divided here: into groups that are bundled each for itself and become
// functions of a few files. npm dependencies are bundled as well, each into a file of its own: modules of dist/ live as
// long as the process, those of node_modules are dropped between test files.

import type { BuildConfig, BunPlugin, OnLoadResult } from "bun";
import { rename, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import {
  assemble,
  assembleEntry,
  type Bundled,
  LIST,
  OUTSIDE,
  placesOf,
  TABLE,
} from "./build/assemble.ts";
import { type Module, readGraph } from "./build/graph.ts";
import { divide, type Group, nameOf } from "./build/groups.ts";
import { ROOT } from "./project.ts";

const DIST = join(ROOT, "dist");
/** Becomes dist/ at the end: tests that run meanwhile, and other builds, always find a whole one. */
const OUT = join(ROOT, `node_modules/.bunflare-${process.pid}`);
const REPLACED = `${OUT}-replaced`;

/** The files that package.json exports. */
const ENTRIES = {
  preload: "preset/preload.ts",
  index: "preset/index.ts",
  fixtures: "fixtures/index.ts",
};

function isPackage(specifier: string): boolean {
  return !/^(\.|\/|node:|bun(:|$)|cloudflare:)/.test(specifier);
}

/**
 * Sends imports of modules of other groups, and everything that is loaded lazily, to the group that has it. Lazily loaded
 * modules of the same group too: else the bundler wraps them and all that they import, which costs more than a call.
 */
function acrossGroups(group: Group, groupOf: ReadonlyMap<string, string>): BunPlugin {
  const outside = (module: string): string => {
    const name = groupOf.get(module);
    if (name === undefined) throw new Error(`${module} is in no group`);
    return `${OUTSIDE}${name}:${module}`;
  };
  return {
    name: "across groups",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
        if (kind === "entry-point-build") return { path };
        if (path.startsWith(OUTSIDE)) return { path, external: true };
        if (kind === "require-call" && isPackage(path)) {
          return { path: `./${nameOf(path)}.js`, external: true };
        }
        if (!path.startsWith(".") || importer === "") return undefined;
        const module = relative(ROOT, join(dirname(importer), path));
        if (kind === "require-call") return { path: outside(module), external: true };
        return group.modules.has(module) ? undefined : { path: module, namespace: "outside" };
      });
      build.onLoad(
        { filter: /.*/, namespace: "outside" },
        async ({ path }): Promise<OnLoadResult> => {
          // As constants: no module reassigns what it exports.
          const constants = (await exportsOf(path)).map(
            (name, index) => `export const ${name} = bunflareList[${index}];`,
          );
          const list = `const bunflareList = require(${JSON.stringify(outside(path) + LIST)});`;
          return { contents: `${list}\n${constants.join("\n")}`, loader: "js" };
        },
      );
    },
  };
}

const CONFIG = {
  target: "bun",
  format: "cjs",
  // Whitespace stays: Bun shows the lines around an error, and some errors are thrown here.
  minify: { syntax: true },
  // Else the bundler writes the place of the source into the bundle. In two passes, because each text is bundled twice, and
  // the bundler replaces a `module.path` that it reads by a name.
  define: { "import.meta.dir": "__bunflareFolder", __bunflareFolder: "module.path" },
  throw: true,
} as const satisfies Partial<BuildConfig>;

/** For what is an ES module itself: Bun keeps no bytecode of those. */
const MODULE = {
  format: "esm",
  banner: "",
  bytecode: false,
} as const satisfies Partial<BuildConfig>;

/** Writes one file of dist/ with its bytecode. */
async function write(name: string, text: string, config: Partial<BuildConfig>): Promise<void> {
  const file = join(ROOT, `${name}.js`);
  await Bun.build({
    ...CONFIG,
    // The sources are modules, which are strict; CommonJS has to say so.
    banner: '"use strict";',
    bytecode: true,
    ...config,
    entrypoints: [file],
    files: { [file]: text },
    outdir: OUT,
    naming: { entry: "[name].[ext]" },
  });
}

/** Bundles one group to the body of a function. */
async function bundle(group: Group, table: string, plugin: BunPlugin): Promise<string> {
  const file = join(ROOT, `${group.name}.ts`);
  const { outputs } = await Bun.build({
    ...CONFIG,
    entrypoints: [file],
    files: { [file]: table },
    plugins: [plugin],
  });
  const text = (await outputs[0]?.text()) ?? "";
  const start = text.indexOf("{", text.indexOf("(function(exports, require")) + 1;
  return text.slice(start, text.lastIndexOf("})"));
}

/** Builds dist/ from nothing. */
async function build(): Promise<void> {
  const graph = await readGraph(ROOT, Object.values(ENTRIES));
  const groups = divide(graph, ENTRIES);
  const groupOf = new Map(
    groups.flatMap(({ name, modules }) => [...modules].map((module) => [module, name])),
  );
  const wanted = wantedOutside(graph, groupOf);
  const places = placesOf(groups, Object.keys(ENTRIES));
  const bundled = await Promise.all(
    groups.map(async (group): Promise<Bundled> => {
      const entry: string | undefined = ENTRIES[group.name as keyof typeof ENTRIES];
      const exports = entry === undefined ? null : await exportsOf(entry);
      const table =
        entry === undefined ? await tableOf(group, wanted) : listOf(entry, exports ?? []);
      const text = await bundle(group, table, acrossGroups(group, groupOf));
      return { ...group, text, exports };
    }),
  );
  for (const [file, parts] of Map.groupBy(bundled, (group) => group.file)) {
    const entry = parts.find(({ exports }) => exports !== null);
    const text = entry === undefined ? assemble(parts, places) : assembleEntry(entry, places);
    const isModule = (entry?.exports?.length ?? 0) > 0;
    await write(file, text, { external: ["*"], ...(isModule && MODULE) });
  }
  for (const specifier of await packagesOf(graph.keys())) {
    // Imported, so that the bundler takes a package's ES modules where it has both.
    const text = `export * from ${JSON.stringify(specifier)};`;
    await write(nameOf(specifier), text, { minify: true });
  }
}

/** The modules that another group imports, and those that are loaded lazily. */
interface Wanted {
  readonly imported: Set<string>;
  readonly lazy: Set<string>;
}

function wantedOutside(
  graph: ReadonlyMap<string, Module>,
  groupOf: ReadonlyMap<string, string>,
): Wanted {
  const imported = new Set<string>();
  for (const [path, { eager }] of graph) {
    for (const to of eager) if (groupOf.get(to) !== groupOf.get(path)) imported.add(to);
  }
  return { imported, lazy: new Set([...graph.values()].flatMap((module) => module.lazy)) };
}

/** The entry of a group: a table of those of its modules that are wanted outside, made module by module when asked for. */
async function tableOf(group: Group, { imported, lazy }: Wanted): Promise<string> {
  const modules = [...group.modules].filter((path) => imported.has(path) || lazy.has(path));
  const imports: string[] = [];
  const cases: string[] = [];
  for (const [index, path] of modules.entries()) {
    const names = await exportsOf(path);
    const locals = names.map((name) => `${name} as ${name}_${index}`);
    imports.push(`import { ${locals.join(", ")} } from "./${path}";`);
    const values = names.map((name) => `${name}_${index}`);
    const members = names.map((name) => `${name}: ${name}_${index}`);
    if (imported.has(path)) cases.push(returning(path + LIST, `[${values.join(", ")}]`));
    if (lazy.has(path)) cases.push(returning(path, `{ ${members.join(", ")} }`));
  }
  return `${imports.join("\n")}\n${TABLE} = (path) => {\n  switch (path) {\n${cases.join("\n")}\n  }\n};\n`;
}

function returning(path: string, value: string): string {
  return `    case ${JSON.stringify(path)}: return ${value};`;
}

/** The entry of a file that package.json names: a list of its exports. */
function listOf(path: string, exports: readonly string[]): string {
  const names = exports.join(", ");
  return `import { ${names} } from "./${path}";\n${TABLE} = [${names}];\n`;
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

/** Puts what was built in the place of what was there; another build may do so at the same moment. */
async function publish(): Promise<void> {
  for (;;) {
    try {
      await rename(DIST, REPLACED);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    try {
      return await rename(OUT, DIST);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
    }
    await rm(REPLACED, { recursive: true, force: true });
  }
}

try {
  await build();
  await publish();
} finally {
  await rm(OUT, { recursive: true, force: true });
  await rm(REPLACED, { recursive: true, force: true });
}
