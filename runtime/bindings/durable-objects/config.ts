// The `durable_objects.bindings` of a wrangler configuration, with the kind of storage that `migrations` or `exports` give
// each class.
// https://developers.cloudflare.com/durable-objects/reference/durable-objects-migrations/

import type { Definition } from "../../binding.ts";
import { list, table } from "../../config/read.ts";
import type { WorkerConfig } from "../../config/types.ts";
import type { ClassUse } from "../../worker/exports.ts";

/** How a class stores: in SQLite with SQL, or as before it without. */
export type StorageKind = "sqlite" | "legacy";

/** One binding to a class. */
export interface DurableObjectOptions {
  readonly className: string;
  /** The worker that exports the class. */
  readonly script: string;
  /** The class of this worker's own main module; null for another worker's. */
  readonly classUse: ClassUse | null;
}

/** What the configuration of the worker that exports a class says of it. */
export interface ClassSettings {
  readonly storage: StorageKind;
  /** Whether `deleteAll()` deletes the alarm too. */
  readonly deleteAllDeletesAlarm: boolean;
}

/** Reads the definitions. The id is the key that `wrangler dev` derives the ids of a class's objects from. */
export function parseDurableObjects(
  config: WorkerConfig,
): readonly Definition<DurableObjectOptions>[] {
  // A wrong migration is told now, and not at the first use of a class.
  storageKinds(config);
  return list(config, "durable_objects.bindings").map((entry) => {
    const className = entry.string("class_name");
    const script = entry.optionalString("script_name") ?? config.name;
    const isOwn = script === config.name;
    return {
      worker: config.name,
      id: `${script}-${className}`,
      name: entry.string("name"),
      options: {
        className,
        script,
        classUse: isOwn ? { className, path: [...entry.path, "class_name"] } : null,
      },
    };
  });
}

/** See `ClassSettings`; `config` is that of the worker that exports the class. */
export function classSettings(config: WorkerConfig, className: string): ClassSettings {
  return {
    storage: storageKinds(config).get(className) ?? "legacy",
    deleteAllDeletesAlarm: config.compatibility.has("delete_all_deletes_alarm"),
  };
}

/** The kind of storage by class, after all migrations. */
function storageKinds(config: WorkerConfig): Map<string, StorageKind> {
  const kinds = new Map<string, StorageKind>();
  for (const migration of list(config, "migrations")) {
    for (const name of migration.strings("deleted_classes") ?? []) kinds.delete(name);
    for (const renamed of migration.list("renamed_classes")) {
      const kind = kinds.get(renamed.string("from"));
      if (kind === undefined) continue;
      kinds.delete(renamed.string("from"));
      kinds.set(renamed.string("to"), kind);
    }
    for (const name of migration.strings("new_classes") ?? []) kinds.set(name, "legacy");
    for (const name of migration.strings("new_sqlite_classes") ?? []) kinds.set(name, "sqlite");
  }
  const exported = table(config, "exports");
  for (const name of exported?.keys() ?? []) {
    const kind = exported?.table(name);
    if (kind?.raw("type") !== "durable-object") continue;
    if (kind.raw("storage") !== undefined) {
      kinds.set(name, kind.raw("storage") === "sqlite" ? "sqlite" : "legacy");
    }
  }
  return kinds;
}
