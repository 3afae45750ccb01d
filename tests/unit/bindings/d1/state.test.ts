import { expect, test } from "bun:test";
import fc from "fast-check";
import { inspectD1, seedD1 } from "../../../../runtime/bindings/d1/state.ts";
import type { D1Row } from "../../../../runtime/bindings/d1/state.ts";
import { thrownBy } from "../../config/folder.ts";
import { openD1 } from "./open-d1.ts";

const schema = `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, data BLOB, upper AS (upper(name)));
CREATE TABLE tags (b TEXT, a TEXT, n REAL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
CREATE VIEW names AS SELECT name FROM users;
CREATE VIRTUAL TABLE search USING fts5 (body);`;

const setup = { files: { "migrations/1.sql": schema } };

test("the state is users' tables with their rows, in the order of their primary keys", async () => {
  using opened = openD1(setup);
  const { DB, resource } = opened;
  await DB.exec("INSERT INTO users VALUES (2, 'bo', x'00ff'), (1, 'al', NULL)");
  await DB.exec("INSERT INTO tags VALUES ('x', 'b', 1), ('z', 'a', 2.5), ('y', 'a', 3)");
  await DB.exec("INSERT INTO search VALUES ('hello')");
  expect(inspectD1(resource)).toEqual({
    posts: [],
    search: [{ body: "hello" }],
    tags: [
      { b: "y", a: "a", n: 3 },
      { b: "z", a: "a", n: 2.5 },
      { b: "x", a: "b", n: 1 },
    ],
    users: [
      { id: 1, name: "al", data: null, upper: "AL" },
      { id: 2, name: "bo", data: { bytes: "00ff" }, upper: "BO" },
    ],
  });
});

test("a query restricts the state to a table and to rows with these values", async () => {
  using opened = openD1(setup);
  const { DB, resource } = opened;
  await DB.exec("INSERT INTO users (id, name) VALUES (1, 'al'), (2, NULL), (3, 'al')");
  const ids = (where: Record<string, string | number | null>): unknown =>
    inspectD1(resource, { table: "users", where })["users"]?.map(({ id }) => id);
  expect(ids({ name: "al" })).toEqual([1, 3]);
  expect(ids({ name: "al", id: 3 })).toEqual([3]);
  expect(ids({ name: null })).toEqual([2]);
  expect(ids({ id: 9 })).toEqual([]);
  expect(inspectD1(resource, { table: "d1_migrations" })["d1_migrations"]).toHaveLength(1);
});

test("an unknown table or column is an error that names the known ones", () => {
  using opened = openD1(setup);
  const { resource } = opened;
  const table = thrownBy(() => inspectD1(resource, { table: "user" }));
  expect(table).toMatchObject({ code: "usage" });
  expect(table.message).toContain("d1_migrations, posts, search, tags, users");
  const column = thrownBy(() => inspectD1(resource, { table: "tags", where: { c: 1 } }));
  expect(column.message).toContain("there are b, a, n");
});

test("inspecting leaves what the database says about the last write as it was", async () => {
  using opened = openD1(setup);
  const { DB, resource } = opened;
  await DB.prepare("INSERT INTO users (id, name) VALUES (7, 'x')").run();
  inspectD1(resource);
  const { meta } = await DB.prepare("SELECT 1").all();
  expect(meta).toMatchObject({ changes: 0, last_row_id: 7 });
});

test("seeding puts rows in, checks foreign keys at its end, and is all or nothing", async () => {
  using opened = openD1(setup);
  const { DB, resource } = opened;
  seedD1(resource, { posts: [{ id: 1, author: 5 }], users: [{ id: 5, name: "x", upper: "?" }] });
  expect(await DB.prepare("SELECT upper FROM users").first("upper")).toBe("X");
  expect(() => seedD1(resource, { users: [{ id: 6 }], posts: [{ id: 2, author: 99 }] })).toThrow(
    "FOREIGN KEY constraint failed",
  );
  expect(inspectD1(resource, { table: "users" })["users"]).toHaveLength(1);
});

test("seeding an empty database with a state gives that state", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constant(null),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => ({ bytes: bytes.toHex() })),
  );
  const row = fc.record({ id: fc.integer(), name: fc.option(fc.string()), data: value });
  const states = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 8 });
  const plain = schema.replace(/, upper .*\)\)/, ")");
  using opened = openD1({ files: { "migrations/1.sql": plain } });
  fc.assert(
    fc.property(states, (rows) => {
      seedD1(opened.resource, { users: rows as D1Row[] });
      const sorted = rows.toSorted((a, b) => a.id - b.id);
      const state = inspectD1(opened.resource);
      expect(state).toEqual({ posts: [], search: [], tags: [], users: sorted });
      opened.resource.engine.database.exec("DELETE FROM users");
    }),
  );
});
