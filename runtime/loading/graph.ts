// The module graph of a further worker (decision 9): files are imported with a query that names the graph, and what they
// import gets the same query. So each worker has its own state of every module, also of source files that it shares.

import { paths } from "../paths.ts";
import type { WorkerConfig } from "../config/types.ts";
import { CommonJs, commonJsExports } from "./commonjs.ts";
import { defineIn } from "./define.ts";
import { type CodeLoader, extensionOf, isCode } from "./loaders.ts";
import { moduleExports, queryExports } from "./modules.ts";
import {
  emptyModule,
  leadsTo,
  past,
  type Redirect,
  type Redirects,
  reexport,
} from "./redirects.ts";
import { ModuleRules } from "./rules.ts";
import { type Source, Sources, textOf } from "./sources.ts";
import { changeComputedImports, changeSpecifiers } from "./specifiers.ts";

/** What Bun's `onLoad` takes. */
export type Loaded =
  | { readonly loader: "object"; readonly exports: Record<string, unknown> }
  | {
      readonly loader: CodeLoader;
      readonly contents: string;
    };

/** What a graph is made from. */
export interface GraphOptions {
  /** Names the graph in queries; no other graph of the process has it. */
  readonly key: string;
  readonly config: WorkerConfig;
  readonly redirects: Redirects;
}

/** The name of the parameter that names a graph. */
export const parameter = "worker";

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  json: (text) => JSON.parse(text) as unknown,
  toml: (text) => Bun.TOML.parse(text),
  yaml: (text) => Bun.YAML.parse(text),
  yml: (text) => Bun.YAML.parse(text),
};

/** See the head of the file. */
export class ModuleGraph {
  readonly #options: GraphOptions;
  readonly #query: string;
  readonly #rules: ModuleRules;
  readonly #alias: Readonly<Record<string, string>>;
  readonly #sources = new Sources();
  readonly #commonJs: CommonJs;

  constructor(options: GraphOptions) {
    this.#options = options;
    this.#query = `${parameter}=${encodeURIComponent(options.key)}`;
    this.#rules = ModuleRules.of(options.config);
    this.#alias = aliasOf(options.config);
    this.#commonJs = new CommonJs({
      resolve: (specifier, importer) => this.#resolve(specifier, importer),
      load: (file) => require(this.specifier(file) ?? file) as unknown,
      sources: this.#sources,
    });
  }

  /** The specifier that stays in the graph; null for modules that all graphs share: those of Bun and Node. */
  specifier(original: string): string | null {
    const specifier = this.#alias[original] ?? original;
    if (isShared(specifier)) return specifier === original ? null : specifier;
    return `${specifier}${specifier.includes("?") ? "&" : "?"}${this.#query}`;
  }

  /** Loads a file, whose query was taken off: `module`, `raw` and `init` are what is left of it. */
  load(file: string, query: URLSearchParams): Loaded {
    const target = query.has(past) ? undefined : this.#options.redirects.get(file);
    if (target !== undefined) return this.#redirect(target);
    if (query.has("raw")) return object(queryExports("raw", file));
    if (query.has("init")) return object(queryExports("init", file));
    const type = this.#rules.typeOf(file);
    if (type !== null) return object(moduleExports(type, file));
    if (!isCode(file)) return this.#loadData(file);
    const source = this.#sources.read(file);
    if (source.isCommonJs) return object(commonJsExports(this.#commonJs.require(file)));
    return { loader: source.loader, contents: this.#code(source) };
  }

  #redirect({ file }: Redirect): Loaded {
    if (file === null) return emptyModule;
    const source = this.#sources.read(file);
    if (source.isCommonJs) return object(commonJsExports(this.#commonJs.require(file)));
    return reexport(this.specifier(file) ?? file, source, this.#sources);
  }

  #code(source: Source): string {
    const original = this.#standsInFor(source.file);
    const changed = changeSpecifiers(source, this.#sources, (path) =>
      original !== null && leadsTo(path, source.file, original)
        ? `${path}?${past}&${this.#query}`
        : this.specifier(path),
    );
    const name = "$bunflareImport";
    const prelude = `const ${name}=(s)=>import(/^(node|bun|data|https?):/.test(s)?s:s+"?${this.#query}");`;
    return defineIn(changeComputedImports(changed, name, prelude), this.#options.config);
  }

  // A plugin's own loaders for data do not work for `require`.
  #loadData(file: string): Loaded {
    const parse = PARSERS[extensionOf(file)];
    // What Bun has no parser for is imported as its path.
    const value = parse === undefined ? file : parse(textOf(file));
    return object(commonJsExports(value));
  }

  #resolve(original: string, importer: string): string {
    const specifier = this.#alias[original] ?? original;
    if (isShared(specifier)) return specifier;
    const { createRequire } = require("node:module") as typeof import("node:module");
    const file = createRequire(importer).resolve(specifier);
    const redirect = this.#options.redirects.get(file);
    if (redirect === undefined) return file;
    // A name that is no CommonJS module's: it is loaded like any other, and found to be empty.
    return redirect.file ?? `${file}?empty`;
  }

  /** The file that another one stands in for and imports; null for all others. */
  #standsInFor(file: string): string | null {
    for (const [original, { file: instead, returns }] of this.#options.redirects) {
      if (returns && instead === file) return original;
    }
    return null;
  }
}

/** The `alias` of a configuration; what it leads to starts from the folder of the configuration. */
export function aliasOf(config: WorkerConfig): Readonly<Record<string, string>> {
  const alias = (config.get("alias") ?? {}) as Readonly<Record<string, string>>;
  return Object.fromEntries(
    Object.entries(alias).map(([name, target]) => [name, resolveAlias(target, config.directory)]),
  );
}

function resolveAlias(target: string, directory: string): string {
  if (/^\.{1,2}\//.test(target)) return paths.resolve(directory, target);
  try {
    return Bun.resolveSync(target, directory);
  } catch {
    // Whoever imports it gets the error, with the name in it.
    return target;
  }
}

function isShared(specifier: string): boolean {
  if (specifier.startsWith("cloudflare:")) return false;
  if (/^(node|bun|data|https?):/.test(specifier) || specifier === "bun") return true;
  if (/^bunflare(\/|$)/.test(specifier)) return true;
  if (/^[./#@]/.test(specifier)) return false;
  const { isBuiltin } = require("node:module") as typeof import("node:module");
  return isBuiltin(specifier);
}

function object(exports: Record<string, unknown>): Loaded {
  return { loader: "object", exports };
}
