// CommonJS modules of a further worker. What a plugin gives to Bun is read as an ES module, so these are run here, each
// once, with a `require` that stays in the worker's graph.

import { paths } from "../paths.ts";
import type { Source, Sources } from "./sources.ts";

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
  readonly sources: Sources;
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
    const { sources } = this.#host;
    const wrapper = compileFunction(codeOf(sources.read(file)), names, {
      filename: file,
    }) as Wrapper;
    const resolve = (specifier: string): string => this.#host.resolve(specifier, file);
    const own = (specifier: string): unknown => {
      const found = resolve(specifier);
      return sources.isCommonJs(found) ? this.require(found) : this.#host.load(found);
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
  const members: Record<string, unknown> =
    isObject && !Array.isArray(exports) ? { ...exports } : {};
  const isTranspiled = members["__esModule"] === true && "default" in members;
  return {
    ...members,
    default: isTranspiled ? members["default"] : exports,
    "module.exports": exports,
  };
}

// Types go, and lines stay where they are as far as the transpiler keeps them.
function codeOf({ text, loader }: Source): string {
  if (loader === "jsx" || loader === "js") return text;
  return new Bun.Transpiler({ loader, target: "bun" }).transformSync(text);
}
