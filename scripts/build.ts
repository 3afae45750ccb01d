// Makes dist/: what the package ships. Start-up is the product, so a module that the sources load lazily, by
// `require("./x.ts")`, becomes a file of its own and stays lazy; code that several files share is in chunks, so that
// the preload, the helpers and the lazy modules have one module state. npm dependencies are bundled, each into a file of
// its own: modules of dist/ live as long as the process, those of node_modules are dropped between test files.

import type { BuildConfig, BunPlugin } from "bun";
import { rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

const ROOT = dirname(import.meta.dir);
const OUT = join(ROOT, "dist");
const SOURCES = ["preset", "matchers", "fixtures", "runtime"];

/** The files that package.json exports. */
const ENTRIES: Record<string, string> = {
  preload: "preset/preload.ts",
  index: "preset/index.ts",
  fixtures: "fixtures/index.ts",
};

/** Modules that the sources load by `require`: our own, and those of packages. */
interface LazyModules {
  /** Absolute paths. */
  readonly own: Set<string>;
  readonly packages: Set<string>;
}

function isPackage(specifier: string): boolean {
  return !/^(\.|\/|node:|bun(:|$)|cloudflare:)/.test(specifier);
}

async function findLazyModules(): Promise<LazyModules> {
  const lazy: LazyModules = { own: new Set(), packages: new Set() };
  const transpiler = new Bun.Transpiler({ loader: "ts" });
  for await (const path of new Bun.Glob(`{${SOURCES.join(",")}}/**/*.ts`).scan(ROOT)) {
    const file = join(ROOT, path);
    for (const { kind, path: specifier } of transpiler.scanImports(await Bun.file(file).text())) {
      if (isPackage(specifier)) {
        if (kind !== "require-call") throw new Error(`${path} loads "${specifier}" eagerly`);
        lazy.packages.add(specifier);
      } else if (kind === "require-call" && specifier.startsWith(".")) {
        lazy.own.add(join(dirname(file), specifier));
      }
    }
  }
  return lazy;
}

/** "runtime/store/directory.ts" is built as "runtime-store-directory.js", "toml/lib/parser.js" as "toml-lib-parser.cjs". */
function nameOf(path: string): string {
  return path
    .replace(/^\.*\//, "")
    .replace(/\.[jt]s$/, "")
    .replaceAll(/[^\w.-]+/g, "-");
}

function lazyFiles(): BunPlugin {
  return {
    name: "lazy files",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
        if (kind === "entry-point-build") return { path };
        if (kind !== "require-call" || importer.includes("/node_modules/")) return undefined;
        if (isPackage(path)) return { path: `./${nameOf(path)}.cjs`, external: true };
        if (!path.startsWith(".")) return undefined;
        const file = relative(ROOT, join(dirname(importer), path));
        return { path: `./${nameOf(file)}.js`, external: true };
      });
    },
  };
}

async function bundle(config: Omit<BuildConfig, "outdir" | "target">): Promise<void> {
  const result = await Bun.build({ ...config, outdir: OUT, target: "bun", throw: true });
  if (!result.success) throw new AggregateError(result.logs, "the build failed");
}

/** Builds dist/ from nothing. */
async function build(): Promise<void> {
  const lazy = await findLazyModules();
  await rm(OUT, { recursive: true, force: true });
  const files: Record<string, string> = {};
  for (const [name, path] of Object.entries(ENTRIES)) {
    files[join(ROOT, `${name}.ts`)] = `export * from "./${path}";`;
  }
  for (const path of lazy.own) {
    const name = nameOf(relative(ROOT, path));
    files[join(ROOT, `${name}.ts`)] = `export * from "./${relative(ROOT, path)}";`;
  }
  await bundle({
    entrypoints: Object.keys(files),
    files,
    root: ROOT,
    splitting: true,
    minify: { whitespace: true, syntax: true, identifiers: false },
    naming: { entry: "[name].[ext]", chunk: "chunk-[hash].[ext]" },
    plugins: [lazyFiles()],
  });
  for (const specifier of lazy.packages) {
    await bundle({
      entrypoints: [Bun.fileURLToPath(import.meta.resolve(specifier))],
      format: "cjs",
      minify: true,
      naming: { entry: `${nameOf(specifier)}.cjs` },
    });
  }
}

await build();
