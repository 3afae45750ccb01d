import { expect, test } from "bun:test";
import {
  adminSecretsStore as adminOf,
  type SecretsStoreAdmin,
} from "../../preset/secrets-store.ts";
import type { FileScope } from "../../preset/file-scope.ts";
import { openTestWorld } from "../bindings/world.ts";

const CONFIG = {
  secrets_store_secrets: [{ binding: "KEY", store_id: "store", secret_name: "key" }],
  kv_namespaces: [{ binding: "KV", id: "kv" }],
};

function open() {
  const opened = openTestWorld(CONFIG);
  // The one member that the helper asks of a file.
  const file = { world: () => opened.world } as unknown as FileScope;
  const adminSecretsStore = (binding: object): SecretsStoreAdmin => adminOf(file, binding);
  const env = opened.world.primary.env as { KEY: { get(): Promise<string> }; KV: object };
  return { opened, adminSecretsStore, env };
}

test("secrets are created, updated, copied, listed and deleted by id", async () => {
  const { opened, adminSecretsStore, env } = open();
  using _ = opened;
  const admin = adminSecretsStore(env.KEY);
  const id = await admin.create("first");
  expect(await env.KEY.get()).toBe("first");
  await admin.update("second", id);
  expect(await env.KEY.get()).toBe("second");
  const copy = await admin.duplicate(id, "copy");
  expect(await admin.get(copy)).toBe("copy");
  expect((await admin.list()).map(({ name }) => name)).toEqual(["copy", "key"]);
  await admin.delete(id);
  await expect(env.KEY.get()).rejects.toThrow('Secret "key" not found');
  await expect(admin.get(id)).rejects.toThrow("Secret not found");
});

test("the admin interface stays valid after a reset", async () => {
  const { opened, adminSecretsStore, env } = open();
  using _ = opened;
  const admin = adminSecretsStore(env.KEY);
  await admin.create("before");
  opened.world.reset();
  expect(await admin.list()).toEqual([]);
  await admin.create("after");
  expect(await env.KEY.get()).toBe("after");
});

test("another binding is refused", () => {
  const { opened, adminSecretsStore, env } = open();
  using _ = opened;
  expect(() => adminSecretsStore(env.KV)).toThrow("it takes a binding of secrets_store_secrets");
});
