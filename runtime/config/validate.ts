// Checks the keys that belong to no binding, and the shape of those that do. What stands inside a binding's entry is
// checked by that binding's `parse`, through read.ts. Unknown keys are tolerated, with a warning.

import { checkNames } from "./binding-names.ts";
import {
  array,
  boolean,
  type Check,
  each,
  everyValue,
  must,
  number,
  oneOf,
  removed,
  shape,
  string,
  table,
} from "./checks.ts";
import type { ConfigWarning, Fail } from "./environments.ts";
import {
  BINDING_LISTS,
  FILE_KEYS,
  INHERITABLE,
  NOT_INHERITABLE,
  SINGLE_BINDINGS,
  TOP_LEVEL,
} from "./keys.ts";
import { nearest } from "./nearest.ts";
import { isTable, type Table, TomlDate } from "./parse.ts";
import type { Path } from "./position.ts";

/** Checks one level of the file: the top, or `env.<name>` when `at` is its path. */
export function validateLevel(values: Table, at: Path, fail: Fail): readonly ConfigWarning[] {
  const warnings: ConfigWarning[] = [];
  const checks = createChecks();
  for (const key of Object.keys(values)) {
    const path = [...at, key];
    if (Object.hasOwn(checks, key)) {
      // Where an environment inherits, wrangler takes null for an absent key.
      if (values[key] !== null || NOT_INHERITABLE.includes(key)) {
        checks[key]?.(values[key], path, fail);
      }
    } else if (!isKnown(key)) {
      const guess = nearest(key, [...INHERITABLE, ...NOT_INHERITABLE, ...TOP_LEVEL]);
      const hint = guess === undefined ? "" : `, did you mean "${guess}"?`;
      warnings.push({ path, message: `is not a known key${hint}` });
    }
  }
  if (isGiven(values["route"]) && isGiven(values["routes"])) {
    throw fail([...at, "routes"], {
      what: 'cannot stand beside "route"',
      todo: "Keep one of the two",
    });
  }
  return warnings;
}

/** Checks a resolved configuration as a whole. */
export function validateResolved(values: Table, fail: Fail): void {
  checkNames(values, fail);
  const { migrations, exports } = values;
  if (!Array.isArray(migrations) || migrations.length === 0 || !isTable(exports)) return;
  const isDurable = (entry: unknown) => isTable(entry) && entry["type"] === "durable-object";
  if (Object.values(exports).some(isDurable)) {
    throw fail(["migrations"], {
      what: 'cannot stand beside durable objects in "exports"',
      todo: "Declare the classes in one of the two",
    });
  }
}

function isKnown(key: string): boolean {
  return [INHERITABLE, NOT_INHERITABLE, TOP_LEVEL, FILE_KEYS].some((keys) => keys.includes(key));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

// Made for each configuration: a test file that touches no binding must not pay for them.
function createChecks(): Readonly<Record<string, Check>> {
  const tables = each(table);
  const checks: Record<string, Check> = {
    name: must(
      'made of lower-case letters, digits, "-" and "_", without "-" at the start',
      (value) => typeof value === "string" && /^$|^[a-z0-9_][a-z0-9-_]*$/.test(value),
    ),
    compatibility_flags: each(string),
    addresses: each(string),
    compliance_region: oneOf("public", "fedramp_high"),
    route: route(),
    routes: each(route()),
    triggers: shape({ crons: array, events: tables }),
    rules: each(rule()),
    limits: shape({ cpu_ms: number, subrequests: number }),
    build: shape({ command: string, cwd: string }),
    migrations: each(migration()),
    exports: everyValue(exportedClass()),
    vars: everyValue(variable),
    secrets: shape({ required: each(string) }),
    site: shape({
      "bucket!": string,
      "entry-point": string,
      include: each(string),
      exclude: each(string),
    }),
    queues: shape({ producers: tables, consumers: tables }),
    durable_objects: shape({ bindings: tables }),
    logfwdr: shape({ bindings: tables }),
    unsafe: shape({ bindings: tables }),
    node_compat: removed("Use the compatibility flag nodejs_compat"),
    legacy_env: removed("Remove it: every environment is a worker of its own"),
  };
  const all = (names: string, check: Check) => {
    for (const name of names.split(" ")) checks[name] = check;
  };
  all("main account_id base_dir tsconfig jsx_factory jsx_fragment pages_build_output_dir", string);
  all("workers_dev preview_urls find_additional_modules preserve_file_names no_bundle", boolean);
  all("minify keep_names first_party_worker logpush upload_source_maps keep_vars", boolean);
  all("send_metrics", boolean);
  all("placement observability access cache assets dev python_modules previews", table);
  all("define alias wasm_modules text_blobs data_blobs", everyValue(string));
  for (const name of BINDING_LISTS) checks[name] = tables;
  for (const name of SINGLE_BINDINGS) checks[name] = table;
  return checks;
}

const variable: Check = (value, path, fail) => {
  if (!(value instanceof TomlDate)) return;
  throw fail(path, { what: "must not be a TOML date", todo: `Write "${value.text}"` });
};

function route(): Check {
  const check = shape({
    "pattern!": string,
    zone_id: string,
    zone_name: string,
    custom_domain: boolean,
    enabled: boolean,
    previews_enabled: boolean,
  });
  return (value, path, fail) => {
    if (typeof value === "string") return;
    check(value, path, fail);
    const { zone_id, zone_name, custom_domain } = value as Table;
    if (zone_id !== undefined && zone_name !== undefined) {
      throw fail(path, { what: "must not have both zone_id and zone_name" });
    }
    if (zone_id === undefined && zone_name === undefined && custom_domain === undefined) {
      throw fail(path, { what: "must have one of zone_id, zone_name and custom_domain" });
    }
  };
}

function rule(): Check {
  return shape({
    "type!": oneOf("ESModule", "CommonJS", "CompiledWasm", "Text", "Data"),
    "globs!": each(string),
    fallthrough: boolean,
  });
}

function migration(): Check {
  return shape({
    "tag!": string,
    new_classes: each(string),
    new_sqlite_classes: each(string),
    deleted_classes: each(string),
    renamed_classes: each(shape({ "from!": string, "to!": string })),
    transferred_classes: each(shape({ "from!": string, "from_script!": string, "to!": string })),
  });
}

function exportedClass(): Check {
  const type = shape({ "type!": oneOf("durable-object", "worker", "workflow") });
  const states = ["created", "deleted", "renamed", "transferred", "expecting-transfer"];
  const state = shape({ state: oneOf(...states) });
  const storage = oneOf("sqlite", "legacy-kv");
  const byState: Readonly<Record<string, Check>> = {
    created: shape({ "storage!": storage }),
    renamed: shape({ "renamed_to!": string }),
    transferred: shape({ "transferred_to!": string }),
    "expecting-transfer": shape({ "storage!": storage, "transfer_from!": string }),
  };
  const workflow = shape({ "name!": string });
  return (value, path, fail) => {
    type(value, path, fail);
    const entry = value as Table;
    if (entry["type"] === "workflow") workflow(value, path, fail);
    if (entry["type"] !== "durable-object") return;
    state(value, path, fail);
    byState[String(entry["state"] ?? "created")]?.(value, path, fail);
  };
}
