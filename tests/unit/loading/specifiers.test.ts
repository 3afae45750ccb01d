// Specifiers get a query where Bun's parser sees one, and nothing else changes.

import { expect, test } from "bun:test";
import { Sources, type Source } from "../../../runtime/loading/sources.ts";
import { changeComputedImports, changeSpecifiers } from "../../../runtime/loading/specifiers.ts";
import { createFolder } from "../config/folder.ts";

const sources = new Sources();

function read(text: string, name: string): Source {
  using folder = createFolder({ [name]: text });
  return sources.read(folder.at(name));
}

function changed(text: string, name = "a.ts"): string {
  return changeSpecifiers(read(text, name), sources, (path) =>
    path.startsWith("node:") ? null : `${path}?q`,
  );
}

const SPECIFIERS = [
  'import a from "./a"; a;',
  "import { a } from './a.ts'; a;",
  'import * as a from "a"; a;',
  'import "./a";',
  'import "a" with { type: "json" };',
  'export * from "./a";',
  'export { a } from "@scope/a/b.js";',
  'const a = await import("./a");',
  "const a = await import(`./a`);",
  'const a = import(/* a comment */ "./a");',
  'const a = require("./a");',
  'import a = require("./a"); a;',
  'import { type T, a } from "./a"; a;',
  'import a from\n  "./a"; a;',
];

test.each(SPECIFIERS)("changes %j", (text) => {
  const [, quote = "", path = ""] = /(["'`])((?:\.|a|@scope)[^"'`]*)\1/.exec(text) ?? [];
  expect(changed(text)).toBe(text.replace(`${quote}${path}${quote}`, `${quote}${path}?q${quote}`));
});

const OTHERS = [
  'import fs from "node:fs"; fs;',
  'import type { A } from "./a"; export const b: A = 1;',
  'export type { A } from "./a";',
  "const text = \"from './a'\";",
  "const text = `import './a'`;",
  '// import "./a"',
  '/* import a from "./a" */',
  'const from = { from: "./a" };',
  'type T = import("./a").T; export const b = 1 as unknown as T;',
];

test.each(OTHERS)("leaves %j as it is", (text) => {
  expect(changed(text)).toBe(text);
});

test("tells specifiers from the same words in comments, texts and types", () => {
  const text = [
    'import type { T } from "./a";',
    '// import { a } from "./a";',
    'import { a } from "./a";',
    'export const text = `import { a } from "./a"`;',
    "export const b: T = a;",
  ];
  const result = [...text];
  result[2] = 'import { a } from "./a?q";';
  expect(changed(text.join("\n"))).toBe(result.join("\n"));
});

test("reads JSX in .js, as wrangler does", () => {
  const text = 'import { h } from "./h";\nexport const a = <h>from "./h"</h>;';
  expect(changed(text, "a.js")).toBe(text.replace('from "./h";', 'from "./h?q";'));
});

test("sends computed imports through a function, on the same line", () => {
  const text = "const a = 1;\nimport(name);\nimport(`./${name}`);\nimport('./b');\nimport(`./c`);";
  expect(changeComputedImports(text, "$load", "const $load = 1;")).toBe(
    "const $load = 1;const a = 1;\n$load(name);\n$load(`./${name}`);\nimport('./b');\nimport(`./c`);",
  );
});
