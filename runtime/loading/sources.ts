// What a source says about itself: which modules it names, what it exports, and whether it is CommonJS. Bun's own parser
// is asked, once for each file.

import { readText } from "../files.ts";
import { paths } from "../paths.ts";
import { type CodeLoader, extensionOf, isCode, loaderOf } from "./loaders.ts";

/** At the start of a line or statement; a bundler's output may have nothing but this in an ES module. */
const EXPORT =
  /(?:^|[;}])\s*export\s*(?:[{*]|(?:default|const|let|var|function|class|async|enum)\b)/m;

/** A file with code. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly loader: CodeLoader;
  /** The specifiers that it imports and requires, one for each place; those of types only are left out. */
  readonly specifiers: readonly string[];
  readonly isCommonJs: boolean;
}

/** Reads sources; keeps what is the same for many of them. */
export class Sources {
  readonly #transpilers = new Map<CodeLoader, Bun.Transpiler>();
  readonly #packageTypes = new Map<string, unknown>();

  /** Reads a file with code. Throws when there is none. */
  read(file: string): Source {
    const text = textOf(file);
    const loader = loaderOf(file);
    // What has no specifier need not be parsed.
    const mayName = /\b(?:from|import|require)\b/.test(text) && /["'`]/.test(text);
    const imports = mayName ? this.#transpiler(loader).scanImports(text) : [];
    const saysModule = EXPORT.test(text) || imports.some(({ kind }) => kind === "import-statement");
    return {
      ...{ file, text, loader },
      specifiers: imports.map(({ path }) => path),
      isCommonJs: this.#isCommonJs(file, text, saysModule),
    };
  }

  /** The names that an ES module exports. */
  exportsOf({ text, loader }: Source): readonly string[] {
    return this.#transpiler(loader).scan(text).exports;
  }

  /** Whether a file is CommonJS. */
  isCommonJs(file: string): boolean {
    return isCode(file) && file.startsWith("/") && this.read(file).isCommonJs;
  }

  /** The specifiers of a changed text, with the loader of the original. */
  specifiersOf(text: string, loader: CodeLoader): readonly string[] {
    return this.#transpiler(loader)
      .scanImports(text)
      .map(({ path }) => path);
  }

  // By its name, its package, and at last by what it says.
  #isCommonJs(file: string, text: string, saysModule: boolean): boolean {
    const extension = extensionOf(file);
    if (extension === "cjs" || extension === "cts") return true;
    if (extension === "mjs" || extension === "mts" || saysModule) return false;
    if (!/\b(?:module|exports|require)\b/.test(text) || /\bimport\.meta\b/.test(text)) return false;
    return extension !== "js" || this.#packageType(paths.dirname(file)) !== "module";
  }

  #packageType(directory: string): unknown {
    if (this.#packageTypes.has(directory)) return this.#packageTypes.get(directory);
    const text = readText(paths.resolve(directory, "package.json"));
    const parent = paths.dirname(directory);
    const type =
      text !== null
        ? (JSON.parse(text) as { type?: unknown }).type
        : parent === directory
          ? undefined
          : this.#packageType(parent);
    this.#packageTypes.set(directory, type);
    return type;
  }

  #transpiler(loader: CodeLoader): Bun.Transpiler {
    const known = this.#transpilers.get(loader) ?? new Bun.Transpiler({ loader });
    this.#transpilers.set(loader, known);
    return known;
  }
}

/** The text of a file. Throws when there is none. */
export function textOf(file: string): string {
  const text = readText(file);
  if (text === null) throw new Error(`Cannot find module "${file}"`);
  return text;
}
