// Finds the line where a key is written. It runs only when an error is made, so it parses the text
// once more, for positions instead of values.

/** A place in a configuration: keys and list indexes from the top. */
export type Path = readonly (string | number)[];

interface Mark {
  readonly path: Path;
  readonly offset: number;
}

/**
 * The line (from 1) of the key at `path`, or of the nearest table around it that is written; null
 * when none is.
 */
export function lineOf(file: string, text: string, path: Path): number | null {
  const marks = file.endsWith(".toml") ? tomlMarks(text) : jsonMarks(text);
  let best: Mark | undefined;
  let bestLength = 0;
  for (const mark of marks) {
    const length = commonLength(mark.path, path);
    if (length > bestLength) [best, bestLength] = [mark, length];
  }
  return best === undefined ? null : lineAt(text, best.offset);
}

/** The line (from 1) of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
  }
  return line;
}

function commonLength(a: Path, b: Path): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function jsonMarks(text: string): Mark[] {
  const { parseTree } = require("jsonc-parser") as typeof import("jsonc-parser");
  type Node = import("jsonc-parser").Node;
  const marks: Mark[] = [];
  const walk = (node: Node, path: Path): void => {
    node.children?.forEach((child, index) => {
      const [key, value] = node.type === "object" ? (child.children ?? []) : [undefined, child];
      const inner: Path = [...path, key === undefined ? index : String(key.value)];
      marks.push({ path: inner, offset: child.offset });
      if (value !== undefined) walk(value, inner);
    });
  };
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root !== undefined) walk(root, []);
  return marks;
}

// What the grammar of the package `toml` gives: only it has offsets, its public `parse` has dropped
// them.
type TomlNode =
  | { type: "ObjectPath" | "ArrayPath"; value: string[]; offset: number }
  | {
      type: "Assign" | "InlineTableValue";
      key: string | string[];
      value: TomlValue;
      offset: number;
    };
type TomlValue =
  | { type: "InlineTable"; value: TomlNode[]; offset: number }
  | { type: "Array"; value: TomlValue[]; offset: number }
  | { type: "Literal"; offset: number };

function tomlMarks(text: string): Mark[] {
  const grammar = require("toml/lib/parser.js") as { parse(text: string): TomlNode[] };
  const marks: Mark[] = [];
  const lengths = new Map<string, number>();

  // A header names tables of arrays without an index; it means their last one.
  const resolveHeader = (keys: readonly string[], isArray: boolean): Path => {
    const path: (string | number)[] = [];
    keys.forEach((key, index) => {
      path.push(key);
      const name = JSON.stringify(path);
      const isNew = isArray && index === keys.length - 1;
      if (isNew) lengths.set(name, (lengths.get(name) ?? 0) + 1);
      const length = lengths.get(name);
      if (length !== undefined) path.push(length - 1);
    });
    return path;
  };
  const walkValue = (value: TomlValue, path: Path): void => {
    if (value.type === "InlineTable") value.value.forEach((node) => assign(node, path));
    if (value.type !== "Array") return;
    value.value.forEach((item, index) => {
      const inner = [...path, index];
      marks.push({ path: inner, offset: item.offset });
      walkValue(item, inner);
    });
  };
  const assign = (node: TomlNode, table: Path): void => {
    if (!("key" in node)) return;
    const path = [...table, ...(Array.isArray(node.key) ? node.key : [node.key])];
    marks.push({ path, offset: node.offset });
    walkValue(node.value, path);
  };

  let table: Path = [];
  for (const node of grammar.parse(text)) {
    if (node.type === "ObjectPath" || node.type === "ArrayPath") {
      table = resolveHeader(node.value, node.type === "ArrayPath");
      marks.push({ path: table, offset: node.offset });
    } else {
      assign(node, table);
    }
  }
  return marks;
}
