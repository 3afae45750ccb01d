// The admin interface of a Secrets Store, by the name that it has in `cloudflare:test`.

import type { Secret } from "../runtime/bindings/secrets-store.ts";
import { BunflareError } from "../runtime/errors.ts";
import type { FileScope } from "./file-scope.ts";

/** What sets, copies and removes the secrets of a store; a worker can only read its own. */
export type SecretsStoreAdmin = Pick<
  Secret,
  "create" | "update" | "duplicate" | "delete" | "list" | "get" | typeof Symbol.dispose
>;

/** The admin interface of the secret behind a binding. */
export function adminSecretsStore(file: FileScope, binding: object): SecretsStoreAdmin {
  const world = file.world();
  // Asked at each call: a reset opens the secret anew.
  const secret = (): Secret => {
    const found = world.resourceOf(binding);
    if (found?.binding.kind === "secrets-store") return found.resource as Secret;
    throw new BunflareError("usage", {
      what: "adminSecretsStore() was given something else",
      why: "it takes a binding of secrets_store_secrets, such as env.API_KEY",
    });
  };
  secret();
  return {
    create: async (value) => secret().create(value),
    update: async (value, id) => secret().update(value, id),
    duplicate: async (id, newName) => secret().duplicate(id, newName),
    delete: async (id) => secret().delete(id),
    list: async () => secret().list(),
    get: async (id) => secret().get(id),
    [Symbol.dispose]: () => secret()[Symbol.dispose](),
  };
}
