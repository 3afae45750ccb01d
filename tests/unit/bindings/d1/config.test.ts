import { expect, test } from "bun:test";
import { createFolder, thrownBy } from "../../config/folder.ts";
import { parse } from "./open-d1.ts";

test("a database is known by its preview id, its id, or its binding", () => {
  using folder = createFolder();
  const definitions = parse(folder, [
    { binding: "A", database_id: "id-a", preview_database_id: "preview-a" },
    { binding: "B", database_name: "b", database_id: "id-b" },
    { binding: "C" },
  ]);
  expect(definitions.map(({ id, name }) => [name, id])).toEqual([
    ["A", "preview-a"],
    ["B", "id-b"],
    ["C", "C"],
  ]);
});

test("migrations are in ./migrations unless the configuration names a directory", () => {
  using folder = createFolder();
  const [plain, named, nested] = parse(folder, [
    { binding: "A" },
    { binding: "B", migrations_dir: "./db/sql/", migrations_table: "done" },
    { binding: "C", migrations_dir: "db", migrations_pattern: "./db/*/migration.sql" },
  ]).map(({ options }) => options.migrations);
  expect(plain).toEqual({
    directory: folder.at("migrations"),
    isNamed: false,
    pattern: "*.sql",
    table: "d1_migrations",
  });
  expect(named).toEqual({
    directory: folder.at("db/sql"),
    isNamed: true,
    pattern: "*.sql",
    table: "done",
  });
  expect(nested?.pattern).toBe("*/migration.sql");
});

test("a wrong entry is refused with its file and key", () => {
  using folder = createFolder();
  const refusal = (entry: object): string => thrownBy(() => parse(folder, [entry])).message;
  expect(refusal({ database_id: "a" })).toContain("d1_databases[0].binding");
  expect(refusal({ binding: "DB", migrations_dir: 5 })).toContain("must be a string");
  expect(refusal({ binding: "DB", migrations_pattern: "m/*.sql" })).toContain("migrations_dir");
  const outside = { binding: "DB", migrations_dir: "a", migrations_pattern: "b/*.sql" };
  expect(refusal(outside)).toContain('must start with "a/"');
});
