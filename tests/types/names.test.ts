// The declarations are written by hand; they name what the sources export, and nothing else.

import { expect, test } from "bun:test";
import { join } from "node:path";
import * as fixtures from "../../fixtures/index.ts";
import { matchers } from "../../matchers/index.ts";
import * as helpers from "../../preset/index.ts";

const TYPES = join(import.meta.dir, "../../types");

async function declaredNames(file: string, pattern: RegExp): Promise<string[]> {
  const text = await Bun.file(join(TYPES, file)).text();
  // A name with several signatures is one name.
  return [...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ""))].sort();
}

const VALUES = /^export (?:declare )?(?:async )?(?:function|const|let|class) (\w+)/gm;

test("types/index.d.ts declares the helpers", async () => {
  expect(await declaredNames("index.d.ts", VALUES)).toEqual(Object.keys(helpers).sort());
});

test("types/fixtures.d.ts declares the fixtures", async () => {
  expect(await declaredNames("fixtures.d.ts", VALUES)).toEqual(Object.keys(fixtures).sort());
});

test("types/matchers.d.ts declares the matchers", async () => {
  const world = () => {
    throw new Error("no matcher is called");
  };
  const names = await declaredNames("matchers.d.ts", /^ {2}(to[A-Z]\w+)(?:<[^>]*>)?\(/gm);
  expect(names).toEqual(Object.keys(matchers(world)).sort());
});
