// Puts groups together to a file of dist/: each is a function that runs once, when a module of it is first asked for.

import type { Group } from "./groups.ts";

/** How a bundled group names a module that is loaded lazily or is in another group: "dist:group:path". */
export const OUTSIDE = "dist:";

/**
 * After a path: the exports as a list, in their order, for those who import the module. The engine makes a hidden class for
 * each member of an object, in each test file under `--isolate`; a list costs nothing.
 */
export const LIST = "#";

/**
 * The variable that a bundled group assigns: a function from a module's path to an object of its exports; in the group
 * of an entry, a list of what the file exports.
 */
export const TABLE = "bunflareTable";

/** A group with its bundled text. */
export interface Bundled extends Group {
  readonly text: string;
  /** What the file exports, if evaluating the group is what it is for. */
  readonly exports: readonly string[] | null;
}

/** Where the function of a group is: in which file, and where in the list that the file exports. */
export interface Place {
  readonly file: string;
  readonly index: number;
}

/** The places of all groups but the entries. */
export function placesOf(
  groups: readonly Group[],
  entries: readonly string[],
): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const others = groups.filter(({ name }) => !entries.includes(name));
  for (const [file, inside] of Map.groupBy(others, (group) => group.file)) {
    for (const [index, { name }] of inside.entries()) places.set(name, { file, index });
  }
  return places;
}

/** The CommonJS text of a file of groups, in their order. */
export function assemble(groups: readonly Bundled[], places: ReadonlyMap<string, Place>): string {
  const links = new Links(groups[0]?.file ?? "", places);
  const bodies = groups.map(({ text }, index) => {
    const local = `${GROUP}${index}`;
    return [
      `var ${local}Table;`,
      `function ${local}(path) { return (${local}Table ??= ${local}Body())(path); }`,
      `function ${local}Body() {\nvar ${TABLE};\n${links.resolve(text)}\nreturn ${TABLE};\n}`,
    ].join("\n");
  });
  const offered = groups.map((_, index) => `${GROUP}${index}`).join(", ");
  return [`module.exports = [${offered}];`, ...links.declarations(), ...bodies].join("\n");
}

/**
 * The text of an entry: an ES module if it exports anything, because to what is CommonJS Bun adds a `default` when it is
 * imported.
 */
export function assembleEntry(entry: Bundled, places: ReadonlyMap<string, Place>): string {
  const links = new Links(entry.file, places);
  const body = `var ${TABLE};\n${links.resolve(entry.text)}\n`;
  const declarations = links.declarations().join("\n");
  const names = entry.exports ?? [];
  if (names.length === 0) return `${declarations}\n${body}`;
  const exported = names.map((name, index) => `${name} = ${TABLE}s[${index}]`).join(", ");
  const list = `const ${TABLE}s = (() => {\n${body}return ${TABLE};\n})();`;
  return `${declarations}\n${list}\nexport const ${exported};`;
}

const GROUP = "bunflareGroup";

/** Turns what the groups of a file ask others for into calls: inside of the file, or to another one that is kept. */
class Links {
  readonly #file: string;
  readonly #places: ReadonlyMap<string, Place>;
  /** The variables that keep other files. */
  readonly #files = new Map<string, string>();

  constructor(file: string, places: ReadonlyMap<string, Place>) {
    this.#file = file;
    this.#places = places;
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
    const place = this.#places.get(group);
    if (place === undefined) throw new Error(`the group ${group} is in no file`);
    const { file, index } = place;
    if (file === this.#file) return `${GROUP}${index}`;
    const kept = this.#files.get(file) ?? `bunflareFile${this.#files.size}`;
    this.#files.set(file, kept);
    return `(${kept} ??= require("./${file}.js"))[${index}]`;
  }
}
