import { expect, test } from "bun:test";
import { openTestWorld } from "../../../bindings/world.ts";
import { openObjects, TestObject } from "./open-objects.ts";

class Store extends TestObject {
  sql(): unknown {
    return this.state.storage.sql.exec("SELECT 1 AS one").one();
  }
}

const bindings = { bindings: [{ name: "OBJECTS", class_name: "Store" }] };

const SQLITE: Readonly<Record<string, Record<string, unknown>>> = {
  new_sqlite_classes: { migrations: [{ tag: "v1", new_sqlite_classes: ["Store"] }] },
  "a renamed class": {
    migrations: [
      { tag: "v1", new_sqlite_classes: ["Old"] },
      { tag: "v2", renamed_classes: [{ from: "Old", to: "Store" }] },
    ],
  },
  exports: {
    exports: { Store: { type: "durable-object", storage: "sqlite" } },
    migrations: undefined,
  },
};
const LEGACY: Readonly<Record<string, Record<string, unknown>>> = {
  new_classes: { migrations: [{ tag: "v1", new_classes: ["Store"] }] },
  "no migration": { migrations: [] },
  exports: {
    exports: { Store: { type: "durable-object", storage: "legacy-kv" } },
    migrations: undefined,
  },
};

for (const [name, config] of Object.entries(SQLITE)) {
  test(`a class has SQL by ${name}`, async () => {
    using opened = openObjects(Store, { durable_objects: bindings, ...config });
    expect(await opened.stub("a")["sql"]?.()).toEqual({ one: 1 });
  });
}

for (const [name, config] of Object.entries(LEGACY)) {
  test(`a class has no SQL by ${name}`, async () => {
    using opened = openObjects(Store, { durable_objects: bindings, ...config });
    expect(await opened.stub("a")["sql"]?.().catch(String)).toContain("SQL is not enabled");
  });
}

test("a class that main does not export is told with the key that names it", async () => {
  const config = { durable_objects: { bindings: [{ name: "OBJECTS", class_name: "Missing" }] } };
  using opened = openTestWorld(config, { Store });
  const { OBJECTS } = opened.world.primary.env as {
    OBJECTS: { getByName(name: string): { sql(): Promise<unknown> } };
  };
  const error = await opened.run(() => OBJECTS.getByName("a").sql()).catch(String);
  expect(error).toContain("durable_objects.bindings[0].class_name");
  expect(error).toContain('the class "Missing" is not exported');
});
