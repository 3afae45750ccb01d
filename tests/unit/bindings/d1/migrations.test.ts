import { expect, spyOn, test } from "bun:test";
import { SqlEngine } from "../../../../runtime/sql/engine.ts";
import { thrownBy } from "../../config/folder.ts";
import { openD1 } from "./open-d1.ts";

const users = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);";
const applied = "SELECT id, name, typeof(applied_at) AS at FROM d1_migrations ORDER BY id";

test("migrations are applied in wrangler's order and written down as wrangler does", async () => {
  using opened = openD1({
    files: {
      "migrations/10_ten.sql": "INSERT INTO users (name) VALUES ('ten');",
      "migrations/2_two.sql": "INSERT INTO users (name) VALUES ('two');",
      "migrations/0001_init.sql": users,
      "migrations/zeta.sql": "INSERT INTO users (name) VALUES ('zeta');",
      "migrations/notes.txt": "no SQL",
      "migrations/.hidden.sql": "no SQL",
    },
  });
  const { results } = await opened.DB.prepare(applied).all();
  expect(results).toEqual([
    { id: 1, name: "0001_init.sql", at: "text" },
    { id: 2, name: "2_two.sql", at: "text" },
    { id: 3, name: "10_ten.sql", at: "text" },
    { id: 4, name: "zeta.sql", at: "text" },
  ]);
  const names = await opened.DB.prepare("SELECT name FROM users ORDER BY id").raw();
  expect(names).toEqual([["two"], ["ten"], ["zeta"]]);
});

test("a pattern finds migrations in folders, in the order of the folders", async () => {
  using opened = openD1({
    files: {
      "drizzle/0002_more/migration.sql": "INSERT INTO users (name) VALUES ('x');",
      "drizzle/0001_init/migration.sql": users,
      "drizzle/top.sql": "no SQL",
    },
    entry: { migrations_dir: "drizzle", migrations_pattern: "drizzle/*/migration.sql" },
  });
  expect(await opened.DB.prepare("SELECT name FROM d1_migrations ORDER BY id").raw()).toEqual([
    ["0001_init/migration.sql"],
    ["0002_more/migration.sql"],
  ]);
});

test("a migration may hold triggers, comments after its end, and a dump's transaction", async () => {
  const trigger =
    "CREATE TRIGGER t AFTER INSERT ON users BEGIN UPDATE users SET name = 'a;b' WHERE id = new.id; END;";
  using opened = openD1({
    files: {
      "migrations/1.sql": `BEGIN TRANSACTION;\n${users}\n${trigger}\nCOMMIT;\n-- the end`,
      "migrations/2.sql": "-- nothing to do;\n/* really */ ;",
      "migrations/3.sql": "PRAGMA foreign_keys = OFF;\nINSERT INTO users VALUES (1, 'x')",
    },
  });
  expect(await opened.DB.prepare("SELECT name FROM users").first("name")).toBe("a;b");
});

test("the table of migrations can have another name", async () => {
  using opened = openD1({
    files: { "migrations/1.sql": users },
    entry: { migrations_table: 'odd "name"' },
  });
  expect(await opened.DB.prepare('SELECT name FROM "odd ""name"""').raw()).toEqual([["1.sql"]]);
});

test("without a directory there are none, and the database is empty", async () => {
  using opened = openD1();
  expect(await opened.DB.prepare("SELECT name FROM sqlite_schema").raw()).toEqual([]);
});

test("a directory that the configuration names must be there", () => {
  using opened = openD1({ entry: { migrations_dir: "no/such" } });
  expect(thrownBy(() => opened.resource)).toMatchObject({
    code: "migration_failed",
    message: expect.stringContaining(opened.folder.at("no/such")),
  });
});

test("with manual migrations nothing is applied, and nothing need be there", async () => {
  using opened = openD1({
    files: { "migrations/1.sql": users },
    entry: { migrations_dir: "no/such" },
    migrations: "manual",
  });
  expect(await opened.DB.prepare("SELECT name FROM sqlite_schema").raw()).toEqual([]);
});

test("a migration that fails is named with its statement", () => {
  using opened = openD1({
    files: {
      "migrations/1.sql": users,
      "migrations/2_bad.sql": "INSERT INTO users VALUES (1, 'a');\nINSERT INTO nope VALUES (1);",
    },
  });
  const error = thrownBy(() => opened.resource);
  expect(error).toMatchObject({ code: "migration_failed" });
  expect(error.message).toContain(opened.folder.at("migrations/2_bad.sql"));
  expect(error.message).toContain("no such table: nope: SQLITE_ERROR");
  expect(error.message).toContain("in: INSERT INTO nope VALUES (1). Correct it");
});

test("migrations run once for a content: the next database starts from the image", async () => {
  using opened = openD1({ files: { "migrations/1.sql": users } });
  const script = spyOn(SqlEngine.prototype, "script");
  const insert = () => opened.DB.prepare("INSERT INTO users (name) VALUES ('a')").run();
  await insert();
  opened.store.reset();
  opened.reopen();
  expect(await opened.DB.prepare("SELECT count(*) AS n FROM users").first("n")).toBe(0);
  await insert();
  expect(script).toHaveBeenCalledTimes(1);
  script.mockRestore();
});

test("a database of an earlier run gets the migrations that it lacks", async () => {
  using opened = openD1({ files: { "migrations/1.sql": users } });
  await opened.DB.prepare("INSERT INTO users (name) VALUES ('kept')").run();
  opened.folder.write("migrations/2.sql", "ALTER TABLE users ADD COLUMN age INTEGER DEFAULT 7;");
  opened.reopen();
  expect((await opened.DB.prepare("SELECT name, age FROM users").all()).results).toEqual([
    { name: "kept", age: 7 },
  ]);
  expect(await opened.DB.prepare("SELECT count(*) AS n FROM d1_migrations").first("n")).toBe(2);
});
