// A D1 database on a store of its own, from files such as a worker's project has.

import { d1Binding } from "../../../../runtime/bindings/d1/index.ts";
import type { D1Database } from "../../../../runtime/bindings/d1/api.ts";
import { parseD1 } from "../../../../runtime/bindings/d1/config.ts";
import type { D1Options } from "../../../../runtime/bindings/d1/config.ts";
import type { Database, D1Settings } from "../../../../runtime/bindings/d1/database.ts";
import type { Definition } from "../../../../runtime/binding.ts";
import { WorldClock } from "../../../../runtime/clock/world-clock.ts";
import { loadWorkerConfig } from "../../../../runtime/config/load.ts";
import { createRandom } from "../../../../runtime/random.ts";
import { createProcessDirectory } from "../../../../runtime/store/directory.ts";
import type { OwnedStore } from "../../../../runtime/store/store.ts";
import { createThrowawayStore } from "../../../../runtime/store/throwaway.ts";
import { createFolder } from "../../config/folder.ts";
import type { Folder } from "../../config/folder.ts";

/** What to open: migrations and other files, and what stands beside the binding's name. */
export interface Setup {
  readonly files?: Readonly<Record<string, string>>;
  readonly entry?: Readonly<Record<string, unknown>>;
  readonly migrations?: D1Settings["migrations"];
}

/** The object that worker code has; `reopen` opens the resource behind it anew from the store. */
export interface OpenD1 extends Disposable {
  readonly DB: D1Database;
  readonly resource: Database;
  readonly folder: Folder;
  readonly store: OwnedStore;
  reopen(): void;
}

/** Opens it; nothing is opened before it is used. */
export function openD1({ files = {}, entry = {}, migrations = "automatic" }: Setup = {}): OpenD1 {
  const folder = createFolder(files);
  const home = createProcessDirectory(folder.path);
  const store = createThrowawayStore(() => home);
  const clock = new WorldClock({
    onError(error) {
      throw error;
    },
  });
  const [definition] = parse(folder, [{ binding: "DB", database_id: "db", ...entry }]);
  if (definition === undefined) throw new Error("there is one database");
  const binding = d1Binding({ migrations });
  const workers = {
    get: () => undefined,
    names: [],
    owner(): never {
      throw new Error("a database causes no events");
    },
  };
  const context = { id: definition.id, definitions: [definition], store, clock, workers };
  let resource: Database | null = null;
  const use = (): Database =>
    (resource ??= binding.open({ ...context, random: createRandom("d1") }));
  return {
    folder,
    store,
    DB: binding.expose(use, definition),
    get resource() {
      return use();
    },
    reopen() {
      resource = null;
    },
    [Symbol.dispose]() {
      clock.close();
      store.close();
      home.remove();
      folder[Symbol.dispose]();
    },
  };
}

/** The definitions of a configuration that is written into a folder. */
export function parse(folder: Folder, databases: unknown): readonly Definition<D1Options>[] {
  const text = JSON.stringify({ name: "w", d1_databases: databases });
  const file = folder.write("wrangler.json", text);
  return parseD1(loadWorkerConfig({ file, environment: "", processEnv: {} }));
}
