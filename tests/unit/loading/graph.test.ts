// The module graph of a further worker, through Bun's own loader.

import { afterEach, expect, test } from "bun:test";
import { closeGraph, importIn, openGraph } from "../../../preset/graphs.ts";
import { loadWorkerConfig } from "../../../runtime/config/load.ts";
import { createFolder, type Folder } from "../config/folder.ts";

const stack = new DisposableStack();
let graphs = 0;

afterEach(() => {
  for (; graphs > 0; graphs--) closeGraph(`g${graphs}`);
});

type Exports = Record<string, unknown>;

/** Writes files and imports main.ts in a graph of its own; without a configuration of its own also plainly. */
async function load(
  files: Readonly<Record<string, string>>,
  config?: object,
): Promise<{ plain: Exports; other: Exports; folder: Folder }> {
  const folder = stack.use(createFolder(files));
  const file = folder.write("wrangler.json", JSON.stringify({ name: "other", ...config }));
  const key = `g${++graphs}`;
  openGraph(key, loadWorkerConfig({ file, environment: "", processEnv: {} }), () => {
    throw new Error("nobody asks for the worker");
  });
  const other = (await importIn(key, folder.at("main.ts"))) as Exports;
  return { plain: config === undefined ? await import(folder.at("main.ts")) : {}, other, folder };
}

const STATE = "export const state = {};";

test("modules have their own state, however they are imported", async () => {
  const { plain, other } = await load({
    "state.ts": STATE,
    "index.ts": 'export * from "./state";',
    "main.ts": `
      import { state } from "./state.ts";
      import { state as again } from "./index";
      const dynamic = (await import("./state")).state;
      const name = "state";
      const computed = (await import(\`./\${name}.ts\`)).state;
      const required = require("./state.ts").state;
      export { state };
      export const same = [again, dynamic, computed, required].map((each) => each === state);`,
  });
  expect(other["same"]).toEqual([true, true, true, true]);
  expect(plain["same"]).toEqual(other["same"]);
  expect(other["state"]).not.toBe(plain["state"]);
});

test("packages have their own state too; modules of Bun and Node are shared", async () => {
  const { plain, other } = await load({
    "node_modules/esm/package.json": JSON.stringify({
      ...{ name: "esm", type: "module", exports: { "./sub": "./sub.js" } },
      imports: { "#state": "./state.js" },
    }),
    "node_modules/esm/sub.js": 'export { state } from "#state";',
    "node_modules/esm/state.js": STATE,
    "main.ts": `
      import { state } from "esm/sub";
      import { Buffer } from "node:buffer";
      import { sep } from "path";
      export { state, Buffer, sep };`,
  });
  expect(other["state"]).not.toBe(plain["state"]);
  expect(other["Buffer"]).toBe(plain["Buffer"]);
  expect(other["sep"]).toBe("/");
});

test("CommonJS is run in the graph, with cycles, JSON and what it requires", async () => {
  const { plain, other } = await load({
    "a.cjs": `
      exports.early = true;
      const b = require("./b.cjs");
      exports.fromB = b.seen;
      exports.data = require("./data.json").value;
      exports.where = [__filename.endsWith("a.cjs"), typeof __dirname, require.resolve("./b.cjs").endsWith("b.cjs")];
      exports.counter = { count: 0 };`,
    "b.cjs": 'module.exports = { seen: { ...require("./a.cjs") } };',
    "fn.cjs": "module.exports = function named() { return 1; };",
    "transpiled.cjs": "exports.__esModule = true; exports.default = 'default'; exports.named = 1;",
    "data.json": '{ "value": [1] }',
    "main.ts": `
      import a, { early, counter } from "./a.cjs";
      import fn from "./fn.cjs";
      import transpiled, { named } from "./transpiled.cjs";
      import data from "./data.json";
      export { early, counter, named, transpiled, data };
      export const all = a;
      export const same = require("./a.cjs") === a;
      export const called = fn();`,
  });
  const { counter: _, ...rest } = other["all"] as Record<string, unknown>;
  expect(rest).toEqual({
    ...{ early: true, fromB: { early: true }, data: [1] },
    where: [true, "string", true],
  });
  for (const name of ["early", "named", "transpiled", "data", "same", "called"]) {
    expect([name, other[name]]).toEqual([name, plain[name]]);
  }
  expect(other["counter"]).not.toBe(plain["counter"]);
});

test("modules that import each other, and ones that wait, load", async () => {
  const { other } = await load({
    "a.ts":
      'import { b } from "./b"; export const a = (n: number): string => (n ? "a" + b(n - 1) : "");',
    "b.ts":
      'import { a } from "./a"; export const b = (n: number): string => (n ? "b" + a(n - 1) : "");',
    "slow.ts": "await new Promise((resolve) => setImmediate(resolve)); export const slow = 1;",
    "main.ts": 'import { a } from "./a"; export { slow } from "./slow"; export const text = a(4);',
  });
  expect([other["text"], other["slow"]]).toEqual(["abab", 1]);
});

test("alias, define and rules are those of the worker's own configuration", async () => {
  const { other } = await load(
    {
      "main.ts": `
        import replaced from "not-there";
        import text from "./page.md";
        import query from "./query.sql?raw";
        declare const NAME: string;
        const object = { NAME: "a key" };
        export { replaced, text, query };
        export const defined = [NAME, process.env.MODE, object.NAME, typeof UNDEFINED];`,
      "replacement.ts": 'export default "replaced";',
      "page.md": "# Title",
      "query.sql": "SELECT 1",
    },
    {
      ...{ alias: { "not-there": "./replacement.ts" }, rules: [{ type: "Text", globs: ["*.md"] }] },
      define: { NAME: '"defined"', "process.env.MODE": '"mode"' },
    },
  );
  expect(other["replaced"]).toBe("replaced");
  expect(other["text"]).toBe("# Title");
  expect(other["query"]).toBe("SELECT 1");
  expect(other["defined"]).toEqual(["defined", "mode", "a key", "undefined"]);
});

test("stacks show the user's lines", async () => {
  const { other, folder } = await load({
    "fail.ts":
      "interface Reason {\n  why: string;\n}\n\nexport function fail(r: Reason) {\n  throw new Error(r.why);\n}",
    "main.ts":
      'import { fail } from "./fail";\n\nexport const run = () => {\n  fail({ why: "asked" });\n};',
  });
  const run = other["run"] as () => void;
  const { stack = "" } = (() => {
    try {
      run();
    } catch (error) {
      return error as Error;
    }
    throw new Error("it did not throw");
  })();
  expect(stack).toContain(`${folder.at("fail.ts")}?worker=g`);
  expect(stack).toMatch(/fail\.ts\?worker=g\d+:6:/);
  expect(stack).toMatch(/main\.ts\?worker=g\d+:4:/);
});
