// CommonJS modules of a further worker. What a plugin gives to Bun is read as an ES module, so these are run here, each
// once, with a `require` that stays in the worker's graph.

import { readText } from "../files.ts";
import { paths } from "../paths.ts";
import { extensionOf, isCode, loaderOf } from "./loaders.ts";

/** A module while it runs, and after. */
interface Module {
  exports: unknown;
}

type Wrapper = (
  exports: unknown,
  require: (specifier: string) => unknown,
  module: Module,
  file: string,
  directory: string,
) => void;

/** What a graph gives to its CommonJS modules. */
export interface CommonJsHost {
  /** The file that a `require` in `importer` means; a built-in module keeps its name. */
  resolve(specifier: string, importer: string): string;
  /** Loads what is no CommonJS. */
  load(file: string): unknown;
}

/** The CommonJS modules of one graph. */
export class CommonJs {
  readonly #host: CommonJsHost;
  readonly #modules = new Map<string, Module>();

  constructor(host: CommonJsHost) {
    this.#host = host;
  }

  /** What a module exports; in a cycle, what it has exported so far. */
  require(file: string): unknown {
    const known = this.#modules.get(file);
    if (known !== undefined) return known.exports;
    const module: Module = { exports: {} };
    this.#modules.set(file, module);
    try {
      this.#run(file, module);
    } catch (error) {
      this.#modules.delete(file);
      throw error;
    }
    return module.exports;
  }

  #run(file: string, module: Module): void {
    const { compileFunction } = require("node:vm") as typeof import("node:vm");
    const names = ["exports", "require", "module", "__filename", "__dirname"];
    // The user's own lines: the function has no line of its own.
    const wrapper = compileFunction(codeOf(file), names, { filename: file }) as Wrapper;
    const resolve = (specifier: string): string => this.#host.resolve(specifier, file);
    const own = (specifier: string): unknown => {
      const found = resolve(specifier);
      return isCommonJs(found) ? this.require(found) : this.#host.load(found);
    };
    wrapper.call(
      module.exports,
      module.exports,
      Object.assign(own, { resolve }),
      module,
      file,
      paths.dirname(file),
    );
  }
}

/** The exports to give to Bun: for `require` the very object, for `import` its members. */
export function commonJsExports(exports: unknown): Record<string, unknown> {
  const isObject =
    (typeof exports === "object" && exports !== null) || typeof exports === "function";
  const members = isObject ? { ...(exports as Record<string, unknown>) } : {};
  const isTranspiled = members["__esModule"] === true && "default" in members;
  return {
    ...members,
    default: isTranspiled ? members["default"] : exports,
    "module.exports": exports,
  };
}

/** Whether a file is CommonJS: by its name, its package, and at last by what it says. */
export function isCommonJs(file: string): boolean {
  const extension = extensionOf(file);
  if (extension === "cjs" || extension === "cts") return true;
  if (extension === "mjs" || extension === "mts" || !isCode(file) || !file.startsWith("/")) {
    return false;
  }
  if (extension === "js" && packageType(paths.dirname(file)) === "module") return false;
  const source = readText(file) ?? "";
  if (!/\b(module|exports|require)\b/.test(source)) return false;
  const { exports, imports } = new Bun.Transpiler({ loader: loaderOf(file) }).scan(source);
  if (exports.length > 0 || imports.some(({ kind }) => kind === "import-statement")) return false;
  return !/\bimport\.meta\b/.test(source);
}

function packageType(directory: string): unknown {
  for (let at = directory; ; at = paths.dirname(at)) {
    const text = readText(paths.resolve(at, "package.json"));
    if (text !== null) return (JSON.parse(text) as { type?: unknown }).type;
    if (at === paths.dirname(at)) return undefined;
  }
}

// Types go, and lines stay where they are as far as the transpiler keeps them.
function codeOf(file: string): string {
  const source = readText(file) ?? "";
  const loader = loaderOf(file);
  if (loader === "jsx" || loader === "js") return source;
  return new Bun.Transpiler({ loader, target: "bun" }).transformSync(source);
}
