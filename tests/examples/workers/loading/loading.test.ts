// The Worker is imported directly, before any binding was used: what it imports is there all the same.

import { describe, expect, test } from "bun:test";
import { worker } from "bunflare";
import { loaded } from "./index.ts";

describe("a Worker imports", () => {
  test("text: by wrangler's own rules, and by those of its configuration", () => {
    expect(loaded.text).toEqual({
      note: "plain text\n",
      page: "<p>Hello</p>\n",
      query: "SELECT 1 AS one;\n",
      readme: "# Title\n",
      schema: "type Query {\n  a: Int\n}\n",
    });
  });

  test("data, as an ArrayBuffer", async () => {
    expect(loaded.data).toEqual([1, 2, 3, 255]);
    const { default: data } = await import("./assets/data.bin");
    expect(data).toBeInstanceOf(ArrayBuffer);
    expect(data.byteLength).toBe(4);
  });

  test("WebAssembly, compiled", async () => {
    expect(loaded.sum).toBe(5);
    const { default: module } = await import("./assets/add.wasm?module");
    expect(module).toBeInstanceOf(WebAssembly.Module);
    const { default: init } = await import("./assets/add.wasm?init");
    const { exports } = await init();
    expect((exports["add"] as (a: number, b: number) => number)(40, 2)).toBe(42);
  });

  test("the text of any file", async () => {
    const { default: source } = await import("./lib/build.ts?raw");
    expect(source).toBe("export const build = { number: 42 };\n");
  });

  test("JSON and CommonJS", () => {
    expect(loaded.json).toEqual({ deep: { list: [1, 2] } });
    expect(loaded.modules.plain).toBe("plain CommonJS");
  });

  test("modules that import each other, and ones that wait", () => {
    expect(loaded.modules.cycle).toBe("abab");
    expect(loaded.modules.ready).toBe("ready");
  });

  test("aliases: of packages that are not there, of scopes, of schemes", () => {
    expect(loaded.alias).toEqual({
      driver: "for workers",
      name: "for workers",
      old: true,
      load: "plain CommonJS",
      build: { number: 42 },
    });
  });
});

describe("define", () => {
  test("gives names values", () => {
    expect(loaded.define).toEqual({
      VERSION: "1.2.3",
      SAME_VERSION: "1.2.3",
      LIMITS: { rows: 100 },
      build: "abc",
      debug: true,
    });
  });
});

describe("the Worker of the configuration", () => {
  test("is the module that the test imports", async () => {
    const response = await worker.fetch("https://loading.test/");
    expect(await response.json()).toEqual(structuredClone(loaded));
  });

  test("throws on the user's lines", async () => {
    const error = await worker.fetch("https://loading.test/fail").catch((thrown: Error) => thrown);
    expect((error as Error).stack).toContain("loading/lib/fail.ts:6:");
  });
});
