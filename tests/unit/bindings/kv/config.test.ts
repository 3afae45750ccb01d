import { expect, test } from "bun:test";
import { parseKv } from "../../../../runtime/bindings/kv/config.ts";
import { loadWorkerConfig } from "../../../../runtime/config/load.ts";
import { createFolder, thrownBy } from "../../config/folder.ts";

function parse(namespaces: unknown) {
  const text = JSON.stringify({ name: "w", kv_namespaces: namespaces });
  using folder = createFolder({ "wrangler.json": text });
  const file = folder.at("wrangler.json");
  return parseKv(loadWorkerConfig({ file, environment: "", processEnv: {} }));
}

test("a namespace is known by its preview id, its id, or its binding", () => {
  const definitions = parse([
    { binding: "A", id: "id-a", preview_id: "preview-a" },
    { binding: "B", id: "id-b" },
    { binding: "C" },
  ]);
  expect(definitions).toEqual([
    { worker: "w", id: "preview-a", name: "A", options: null },
    { worker: "w", id: "id-b", name: "B", options: null },
    { worker: "w", id: "C", name: "C", options: null },
  ]);
});

test("no namespaces are no definitions", () => {
  expect(parse([])).toEqual([]);
});

test("a wrong entry is refused with its file and key", () => {
  expect(thrownBy(() => parse([{ id: "a" }])).message).toContain("kv_namespaces[0].binding");
  expect(thrownBy(() => parse([{ binding: "KV", id: 5 }])).message).toContain("must be a string");
});
