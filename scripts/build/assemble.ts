// Puts groups together to a file of dist/: each is a function that runs once, when a module of it is first asked for.

import type { Group } from "./groups.ts";

/** How a bundled group names a module that is loaded lazily or is in another group: "dist:group:path". */
export const OUTSIDE = "dist:";

/**
 * The variable that a bundled group assigns: a function from a module's path to an object of its exports; in the group
 * of an entry, an object of what the file exports.
 */
export const TABLE = "bunflareTable";

/** A group with its bundled text. */
export interface Bundled extends Group {
  readonly text: string;
  /** Whether evaluating it is what the file is for. */
  readonly isEntry: boolean;
}

/** The CommonJS text of a file; `fileOf` tells which file a group of another one is in. */
export function assemble(groups: readonly Bundled[], fileOf: ReadonlyMap<string, string>): string {
  const others = groups.filter(({ isEntry }) => !isEntry);
  const inside = new Map(others.map(({ name }, index) => [name, `bunflareGroup${index}`]));
  const links = new Links(inside, fileOf);
  const bodies = groups.map(({ text, isEntry, name }) => {
    const body = `var ${TABLE};\n${links.resolve(text)}\n`;
    if (isEntry) return `${body}Object.assign(module.exports, ${TABLE});`;
    const local = inside.get(name) ?? "";
    return [
      `var ${local}Table;`,
      `function ${local}(path) { return (${local}Table ??= ${local}Body())(path); }`,
      `function ${local}Body() {\n${body}return ${TABLE};\n}`,
    ].join("\n");
  });
  const offered = [...inside]
    .map(([name, local]) => `${JSON.stringify(name)}: ${local}`)
    .join(", ");
  return [
    // Before an entry's own code runs: files may load each other.
    `module.exports = Object.defineProperty({ ${offered} }, "__esModule", { value: true });`,
    ...links.declarations(),
    ...bodies,
  ].join("\n");
}

/** Turns what the groups of a file ask others for into calls: inside of the file, or to another one that is kept. */
class Links {
  readonly #inside: ReadonlyMap<string, string>;
  readonly #fileOf: ReadonlyMap<string, string>;
  /** The variables that keep other files. */
  readonly #files = new Map<string, string>();

  constructor(inside: ReadonlyMap<string, string>, fileOf: ReadonlyMap<string, string>) {
    this.#inside = inside;
    this.#fileOf = fileOf;
  }

  resolve(text: string): string {
    return text.replaceAll(
      /\brequire\("dist:([^:"]+):([^"]+)"\)/g,
      (_, group: string, path: string) => `${this.#lookup(group)}("${path}")`,
    );
  }

  declarations(): string[] {
    return this.#files
      .values()
      .map((name) => `var ${name};`)
      .toArray();
  }

  #lookup(group: string): string {
    const local = this.#inside.get(group);
    if (local !== undefined) return local;
    const file = this.#fileOf.get(group);
    if (file === undefined) throw new Error(`the group ${group} is in no file`);
    const kept = this.#files.get(file) ?? `bunflareFile${this.#files.size}`;
    this.#files.set(file, kept);
    return `(${kept} ??= require("./${file}.js"))["${group}"]`;
  }
}
