// Secrets Store: `secrets_store_secrets` in the configuration. A worker can only read a secret; tests set it through the
// admin interface, as `cloudflare:test` has it, or by seeding.
// https://developers.cloudflare.com/secrets-store/integrations/workers/

import type { DatabaseSync } from "node:sqlite";
import { defineBinding } from "../binding.ts";
import type { Definition, Use } from "../binding.ts";
import { list } from "../config/read.ts";
import type { WorkerConfig } from "../config/types.ts";
import { illegalConstructor, illegalInvocation, isObject } from "../platform/arguments.ts";
import { platformClass } from "../platform/class.ts";
import type { Random } from "../random.ts";

/** The secret that a binding names. */
export interface SecretOptions {
  readonly store: string;
  readonly secret: string;
}

interface Row {
  readonly name: string;
  readonly id: string;
  readonly value: string;
}

/** `secrets` has what was set; `id` is the one that the admin interface gave. */
const tables = [
  `CREATE TABLE secrets (
    store TEXT NOT NULL,
    name TEXT NOT NULL,
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (store, name)
  ) WITHOUT ROWID`,
];

function parse(config: WorkerConfig): readonly Definition<SecretOptions>[] {
  return list(config, "secrets_store_secrets").map((entry) => {
    const options = { store: entry.string("store_id"), secret: entry.string("secret_name") };
    // JSON, so that no two pairs of names make one id.
    const id = JSON.stringify([options.store, options.secret]);
    return { worker: config.name, id, name: entry.string("binding"), options };
  });
}

/** One secret, with the admin interface of its store. */
export class Secret implements Disposable {
  readonly #store: string;
  readonly #name: string;
  readonly #data: DatabaseSync;
  readonly #random: Random;

  constructor({ store, secret }: SecretOptions, data: DatabaseSync, random: Random) {
    this.#store = store;
    this.#name = secret;
    this.#data = data;
    this.#random = random;
  }

  get name(): string {
    return this.#name;
  }

  /** The value, or null when it was never set. */
  read(): string | null {
    return this.#row("name", this.#name)?.value ?? null;
  }

  /** Sets the value; gives the secret's id. */
  async create(value: string): Promise<string> {
    return this.put(this.#name, this.#random.hex(16), value);
  }

  /** Sets the value of the secret with this id, in the whole store; gives the id. */
  async update(value: string, id: string): Promise<string> {
    return this.put(this.#find(id).name, id, value);
  }

  /** Copies the secret with this id to another name; gives the copy's id. */
  async duplicate(id: string, newName: string): Promise<string> {
    return this.put(newName, this.#random.uuid(), this.#find(id).value);
  }

  /** Removes the secret with this id. */
  async delete(id: string): Promise<void> {
    const { name } = this.#find(id);
    this.#data.prepare("DELETE FROM secrets WHERE store = ? AND name = ?").run(this.#store, name);
  }

  /** The store's secrets, sorted by name. */
  async list(): Promise<{ name: string; metadata: { uuid: string } }[]> {
    const rows = this.#data
      .prepare("SELECT name, id FROM secrets WHERE store = ? ORDER BY name")
      .all(this.#store) as unknown as Omit<Row, "value">[];
    return rows.map(({ name, id }) => ({ name, metadata: { uuid: id } }));
  }

  /** The name of the secret with this id. */
  async get(id: string): Promise<string> {
    return this.#find(id).name;
  }

  /** Nothing to let go of; `using` works, as on the original. */
  [Symbol.dispose](): void {}

  /** Sets a secret of the store; gives the id. */
  put(name: string, id: string, value: string): string {
    this.#data
      .prepare("INSERT OR REPLACE INTO secrets VALUES (?, ?, ?, ?)")
      .run(this.#store, name, id, String(value));
    return id;
  }

  #find(id: string): Row {
    const row = this.#row("id", id);
    if (row === undefined) throw new Error("Secret not found");
    return row;
  }

  #row(column: "name" | "id", value: string): Row | undefined {
    return this.#data
      .prepare(`SELECT name, id, value FROM secrets WHERE store = ? AND ${column} = ?`)
      .get(this.#store, value) as Row | undefined;
  }
}

/** What worker code gets; a service behind RPC in workerd, and called what that is. */
export class Fetcher {
  readonly #use: Use<Secret>;

  constructor(use: Use<Secret>) {
    if (typeof use !== "function") throw illegalConstructor();
    this.#use = use;
  }

  /** The secret's value. */
  async get(): Promise<string> {
    if (!isObject(this) || !(#use in this)) throw illegalInvocation();
    const secret = this.#use();
    const value = secret.read();
    // `remote` marks errors that come over RPC.
    if (value === null) {
      throw Object.assign(new Error(`Secret "${secret.name}" not found`), { remote: true });
    }
    return value;
  }
}

platformClass(Fetcher);

export const secretsStore = defineBinding<SecretOptions, Secret, Fetcher, string | null>({
  kind: "secrets-store",
  keys: ["secrets_store_secrets"],
  tables,
  parse,
  open({ definitions: [first], store, random }) {
    if (first === undefined) throw new Error("a resource has a definition");
    return new Secret(first.options, store.data, random);
  },
  expose: (use) => new Fetcher(use),
  inspect: (secret) => secret.read(),
  seed(secret, value) {
    if (value !== null) void secret.create(value);
  },
});
