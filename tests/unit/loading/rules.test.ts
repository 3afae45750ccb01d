// Module rules: which files are text, data or WebAssembly.

import { expect, test } from "bun:test";
import { moduleExports, queryExports } from "../../../runtime/loading/modules.ts";
import { ModuleRules } from "../../../runtime/loading/rules.ts";
import { createFolder, loadText, thrownBy } from "../config/folder.ts";

function rulesOf(rules: readonly object[]): ModuleRules {
  using config = loadText("wrangler.json", JSON.stringify({ name: "a", rules }));
  return ModuleRules.of(config);
}

const typesOf = (rules: ModuleRules, files: readonly string[]) =>
  files.map((file) => rules.typeOf(file));

test("wrangler's own rules need no configuration", () => {
  const files = [
    "/a/b.txt",
    "/a/b.html",
    "/a/b.sql",
    "/a/b.bin",
    "/a/b.wasm",
    "/a/b.ts",
    "/a/b.md",
  ];
  expect(typesOf(ModuleRules.of(null), files)).toEqual([
    ...(["Text", "Text", "Text", "Data", "CompiledWasm", null, null] as const),
  ]);
});

test("the user's rules come first, and wrangler's follow one that falls through", () => {
  const rules = rulesOf([{ type: "Data", globs: ["**/*.sql", "*.dat"], fallthrough: true }]);
  const files = ["/a/b.sql", "/a/b.dat", "/a/b.txt", "/a/b.bin"];
  expect(typesOf(rules, files)).toEqual(["Data", "Data", "Text", "Data"]);
});

test("a rule that does not fall through ends its type", () => {
  const rules = rulesOf([{ type: "Text", globs: ["**/*.md"] }]);
  expect(typesOf(rules, ["/a/b.md", "/a/b.bin"])).toEqual(["Text", "Data"]);
  const error = thrownBy(() => rules.typeOf("/a/b.sql"));
  expect(error.code).toBe("config_invalid");
  expect(error.message).toContain("/a/b.sql matches the module rule");
  expect(error.message).toContain('Write "fallthrough": true');
});

test("globs name folders too; their stars stand for anything, other characters for themselves", () => {
  const rules = rulesOf([
    { type: "Text", globs: ["./docs/*.md", "**/*.{a,b}"], fallthrough: true },
  ]);
  const files = ["/w/docs/a.md", "/w/docs/deep/a.md", "/w/other/a.md", "/w/x.a", "/w/x.{a,b}"];
  expect(typesOf(rules, files)).toEqual(["Text", "Text", null, null, "Text"]);
});

test("rules for code change nothing", () => {
  const rules = rulesOf([{ type: "ESModule", globs: ["**/*.js"] }]);
  expect(rules.ownFiles).toBeNull();
  expect(typesOf(rules, ["/a/b.js", "/a/b.txt"])).toEqual([null, "Text"]);
});

test("data is a buffer of its own, text is UTF-8", () => {
  using folder = createFolder({ "a.bin": new Uint8Array([1, 255]), "a.txt": "é漢" });
  const { default: data } = moduleExports("Data", folder.at("a.bin"));
  expect(data).toEqual(new Uint8Array([1, 255]).buffer);
  expect(moduleExports("Data", folder.at("a.bin")).default).not.toBe(data);
  expect(moduleExports("Text", folder.at("a.txt")).default).toBe("é漢");
  expect(queryExports("raw", folder.at("a.txt")).default).toBe("é漢");
});

test("a file that is not there is a module that cannot be found", () => {
  using folder = createFolder();
  expect(() => moduleExports("Text", folder.at("a.txt"))).toThrow("Cannot find module");
});
