// The checks of keys whose values have a shape of their own. Loaded when a configuration has such a
// key.

import {
  array,
  boolean,
  type Check,
  each,
  everyValue,
  number,
  oneOf,
  removed,
  shape,
  string,
  table,
} from "./checks.ts";
import type { Kind } from "./keys.ts";
import { isTable, type Table } from "./parse.ts";

/** The check for the kinds of keys that validate.ts leaves to this file. */
export function specialCheck(kind: Kind, key: string): Check {
  switch (kind) {
    case "strings":
      return each(string);
    case "stringTable":
      return everyValue(string);
    case "bindings":
      return shape({ bindings: each(table) });
    case "removed":
      return removed(
        key === "node_compat"
          ? "Use the compatibility flag nodejs_compat"
          : "Remove it: every environment is a worker of its own",
      );
    default:
      return ofKey(key);
  }
}

function ofKey(key: string): Check {
  switch (key) {
    case "route":
      return route();
    case "routes":
      return each(route());
    case "triggers":
      return shape({ crons: array, events: each(table) });
    case "rules":
      return each(rule());
    case "limits":
      return ifTable(shape({ cpu_ms: number, subrequests: number }));
    case "build":
      return ifTable(shape({ command: string, cwd: string }));
    case "compliance_region":
      return oneOf("public", "fedramp_high");
    case "migrations":
      return each(migration());
    case "exports":
      return everyValue(exportedClass());
    case "secrets":
      return shape({ required: each(string) });
    case "queues":
      return shape({ producers: each(table), consumers: each(table) });
    case "site":
      return site();
    default:
      throw new TypeError(`no check for "${key}"`);
  }
}

// Wrangler looks into these without asking whether they are tables, and nothing here depends on
// them.
function ifTable(check: Check): Check {
  return (value, path, fail) => {
    if (isTable(value)) check(value, path, fail);
  };
}

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

function site(): Check {
  return shape({
    "bucket!": string,
    "entry-point": string,
    include: each(string),
    exclude: each(string),
  });
}
