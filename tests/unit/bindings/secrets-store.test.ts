import { expect, test } from "bun:test";
import type { SecretsStoreSecret } from "@cloudflare/workers-types";
import { Secret, secretsStore } from "../../../runtime/bindings/secrets-store.ts";
import { inspect } from "../../../runtime/inspect.ts";
import type { World } from "../../../runtime/world.ts";
import { openTestWorld } from "../../bindings/world.ts";

const config = {
  secrets_store_secrets: [
    { binding: "KEY", store_id: "store", secret_name: "key" },
    { binding: "COPY", store_id: "store", secret_name: "copy" },
    { binding: "OTHER", store_id: "other", secret_name: "key" },
  ],
};

type Env = Record<"KEY" | "COPY" | "OTHER", SecretsStoreSecret>;

function adminOf(world: World, exposed: unknown): Secret {
  const resource = world.resourceOf(exposed)?.resource;
  if (!(resource instanceof Secret)) throw new Error("it is a secret");
  return resource;
}

test("the admin interface creates, updates, copies, lists and deletes", async () => {
  using opened = openTestWorld(config);
  const { world } = opened;
  const { KEY, COPY, OTHER } = world.primary.env as Env;
  const admin = adminOf(world, KEY);

  const id = await admin.create("first");
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(await KEY.get()).toBe("first");
  await expect(OTHER.get()).rejects.toThrow('Secret "key" not found');

  expect(await admin.update("second", id)).toBe(id);
  const copyId = await admin.duplicate(id, "copy");
  expect(await COPY.get()).toBe("second");
  expect(await admin.get(copyId)).toBe("copy");
  expect(await admin.list()).toEqual([
    { name: "copy", metadata: { uuid: copyId } },
    { name: "key", metadata: { uuid: id } },
  ]);

  await admin.delete(id);
  await expect(KEY.get()).rejects.toThrow('Secret "key" not found');
  expect(await COPY.get()).toBe("second");
});

test("the admin interface refuses ids that it does not know", async () => {
  using opened = openTestWorld(config);
  const admin = adminOf(opened.world, (opened.world.primary.env as Env).KEY);
  await expect(admin.get("none")).rejects.toThrow(new Error("Secret not found"));
  await expect(admin.update("value", "none")).rejects.toThrow("Secret not found");
  await expect(admin.duplicate("none", "copy")).rejects.toThrow("Secret not found");
  await expect(admin.delete("none")).rejects.toThrow("Secret not found");
});

test("the state is the value, and seeding sets it", async () => {
  using opened = openTestWorld(config);
  const { world } = opened;
  const { KEY } = world.primary.env as Env;
  expect(inspect(world, KEY)?.state).toBeNull();
  secretsStore.seed?.(adminOf(world, KEY), "seeded");
  expect(await KEY.get()).toBe("seeded");
  expect(inspect(world, KEY)?.state).toBe("seeded");
});

test("get() rejects once the world is closed", async () => {
  const opened = openTestWorld(config);
  const { KEY } = opened.world.primary.env as Env;
  opened[Symbol.dispose]();
  await expect(KEY.get()).rejects.toThrow("the store of a.test.ts is closed");
});
