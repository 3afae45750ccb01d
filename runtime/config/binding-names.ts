// The names that a configuration gives to bindings, and the rule that no two of them may be equal.

import type { Fail } from "./environments.ts";
import { isTable, type Table } from "./parse.ts";
import type { Path } from "./position.ts";

/** A name and the place that gives it. */
export interface NamedPlace {
  readonly name: string;
  readonly path: Path;
}

// The keys whose names must differ from each other's, as wrangler has them: it leaves out
// send_email and ratelimits.
const NAMED =
  " data_blobs durable_objects kv_namespaces queues d1_databases vectorize ai_search_namespaces " +
  " ai_search agent_memory hyperdrive r2_buckets logfwdr services analytics_engine_datasets " +
  " text_blobs browser analytics ai images stream media version_metadata unsafe vars " +
  " wasm_modules dispatch_namespaces mtls_certificates workflows pipelines k2 " +
  " secrets_store_secrets artifacts assets unsafe_hello_world flagship worker_loaders vpc_services vpc_networks secrets ";

// Tables whose keys are the names.
const KEYED = ["vars", "wasm_modules", "text_blobs", "data_blobs", "define"];

/** The names that the value of a key gives; none where it is not shaped as expected. */
export function namedPlaces(key: string, value: unknown): NamedPlace[] {
  if (Array.isArray(value)) return namesIn(value, "binding", [key]);
  if (!isTable(value)) return [];
  if (KEYED.includes(key)) return Object.keys(value).map((name) => ({ name, path: [key, name] }));
  if (key === "queues") return namesIn(value["producers"], "binding", [key, "producers"]);
  if (key === "secrets") return textsIn(value["required"], [key, "required"]);
  if (typeof value["binding"] === "string") {
    return [{ name: value["binding"], path: [key, "binding"] }];
  }
  return namesIn(value["bindings"], "name", [key, "bindings"]);
}

/** Throws when two bindings have one name. */
export function checkNames(values: Table, fail: Fail): void {
  const places = [];
  for (const key in values) {
    if (NAMED.includes(` ${key} `)) places.push(...namedPlaces(key, values[key]));
  }
  const seen = new Map<string, Path>();
  for (const { name, path } of places) {
    const other = seen.get(name);
    if (other !== undefined) {
      throw fail(path, {
        what: `the name "${name}" is taken`,
        why: `${showPath(other)} has it`,
        todo: "Give every binding a name of its own",
      });
    }
    seen.set(name, path);
  }
}

/** A path as it is read: `queues.consumers[0].queue`. */
export function showPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      const shown = /^[\w$-]+$/.test(part) ? part : JSON.stringify(part);
      return index === 0 ? shown : `.${shown}`;
    })
    .join("");
}

function namesIn(value: unknown, key: string, path: Path): NamedPlace[] {
  const places: NamedPlace[] = [];
  if (!Array.isArray(value)) return places;
  for (let index = 0; index < value.length; index++) {
    const entry: unknown = value[index];
    const name = isTable(entry) ? entry[key] : undefined;
    if (typeof name === "string") places.push({ name, path: [...path, index, key] });
  }
  return places;
}

function textsIn(value: unknown, path: Path): NamedPlace[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((name: unknown, index) =>
    typeof name === "string" ? [{ name, path: [...path, index] }] : [],
  );
}
