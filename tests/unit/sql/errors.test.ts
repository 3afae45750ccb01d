import { expect, test } from "bun:test";
import { DatabaseSync } from "node:sqlite";
import { codeName } from "../../../runtime/sql/codes.ts";
import { SqlEngine } from "../../../runtime/sql/engine.ts";

const rules = { blob: (bytes: Uint8Array) => bytes, infinity: (value: number) => value };
const options = { form: "objects", meters: true } as const;

test("codes have the names that SQLite documents", () => {
  expect(codeName(1)).toBe("SQLITE_ERROR");
  expect(codeName(18)).toBe("SQLITE_TOOBIG");
  expect(codeName(23)).toBe("SQLITE_AUTH");
  expect(codeName(2067)).toBe("SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)");
  expect(codeName(3091)).toBe("SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_DATATYPE)");
  expect(codeName(262)).toBe("SQLITE_LOCKED (extended: SQLITE_LOCKED_SHAREDCACHE)");
});

test("the offset of an error counts bytes, on the schema as it is inside a transaction", () => {
  const database = new DatabaseSync(":memory:");
  const engine = new SqlEngine(() => database, rules);
  expect(() => engine.run("select 'é', zz", [], options)).toThrow(
    "no such column: zz at offset 13",
  );
  engine.transaction(() => {
    engine.run("create table t (a)", [], options);
    expect(() => engine.run("select a, zz from t", [], options)).toThrow(
      "no such column: zz at offset 10: SQLITE_ERROR",
    );
  });
});

test("statements of our own run on the same handle without the rules for users' SQL", () => {
  const database = new DatabaseSync(":memory:");
  const engine = new SqlEngine(() => database, rules);
  expect(() => engine.run("pragma user_version = 5", [], options)).toThrow("not authorized");
  engine.database.exec("pragma user_version = 5");
  expect(database.serialize().length).toBeGreaterThan(0);
  expect(() => engine.run("pragma user_version", [], options)).toThrow("not authorized");
});

test("a handle that the store closed is taken up anew", () => {
  let database = new DatabaseSync(":memory:");
  const engine = new SqlEngine(() => database, rules);
  engine.run("create table t (a)", [], options);
  engine.run("select * from t", [], options);
  const image = database.serialize();
  database.close();
  database = new DatabaseSync(":memory:");
  database.deserialize(image);
  expect(engine.run("select count(*) as n from t", [], options).rows).toEqual([{ n: 0 }]);
  expect(() => engine.run("begin", [], options)).toThrow("To execute a transaction");
});
