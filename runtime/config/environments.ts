// Chooses an environment and resolves what it inherits, key by key, as wrangler does.
// https://developers.cloudflare.com/workers/wrangler/environments/

import { namedPlaces } from "./binding-names.ts";
import { keysThatAre } from "./keys.ts";
import { isTable, type Table } from "./parse.ts";
import type { Path } from "./position.ts";

/** Something that wrangler would warn about; nothing is printed here. */
export interface ConfigWarning {
  /** Where, from the top of the file. */
  readonly path: Path;
  readonly message: string;
}

/** A configuration resolved for one environment. */
export interface ResolvedConfig {
  readonly environment: string | null;
  readonly values: Table;
  /** The keys whose value was written under `env.<environment>`. */
  readonly ownKeys: readonly string[];
  readonly warnings: readonly ConfigWarning[];
}

/** Why an environment cannot be chosen; the caller knows file and line. */
export type Fail = (path: Path, report: { what: string; why?: string; todo?: string }) => Error;

/** Resolves `raw` for an environment; none, and the empty name, mean the top level. */
export function resolveEnvironment(
  raw: Table,
  environment: string | undefined,
  options: { redirected: boolean; fail: Fail },
): ResolvedConfig {
  const top = topLevel(raw);
  if (options.redirected) return resolveRedirected(raw, top, environment, options.fail);
  if (environment === undefined || environment === "") {
    return { environment: null, values: top, ownKeys: [], warnings: [] };
  }
  const environments = tableAt(raw, "env", options.fail);
  const own = environments?.[environment];
  if (own === undefined) {
    return resolveUndefined(raw, top, environment, environments, options.fail);
  }
  if (!isTable(own)) throw options.fail(["env", environment], { what: "must be an object" });
  return inherit(raw, top, own, environment);
}

function topLevel(raw: Table): Table {
  const { env: _, $schema: __, ...values } = raw;
  return withoutEmpty(values);
}

// Wrangler reads an empty account or route as none.
function withoutEmpty(values: Table): Table {
  for (const key of ["account_id", "route"]) if (values[key] === "") delete values[key];
  return values;
}

function inherit(raw: Table, top: Table, written: Table, environment: string): ResolvedConfig {
  const own = withoutEmpty({ ...written });
  const values: Table = {};
  const ownKeys: string[] = [];
  const warnings: ConfigWarning[] = [];
  const takeOwn = (key: string): boolean => {
    if (own[key] === undefined || own[key] === null) return false;
    values[key] = own[key];
    ownKeys.push(key);
    return true;
  };

  for (const key of keysThatAre("inherited")) {
    const inherited = key === "name" ? nameOf(top, environment) : top[key];
    if (!takeOwn(key) && inherited !== undefined) values[key] = inherited;
  }
  for (const key of keysThatAre("repeated")) {
    const isOwn = takeOwn(key);
    if (top[key] === undefined) continue;
    if (own[key] === undefined) {
      warnings.push({
        path: [key],
        message: `is not inherited: env.${environment} has none unless it repeats it`,
      });
    } else if (isOwn) {
      warnings.push(...missingNames(key, top[key], own[key], environment));
    }
  }
  for (const key of keysThatAre("top")) if (raw[key] !== undefined) values[key] = raw[key];
  // Keys that we do not know are taken for bindings of a newer wrangler, which nothing inherits.
  for (const key of Object.keys(own)) if (!ownKeys.includes(key)) takeOwn(key);
  const domains = inheritedDomains(top, own);
  if (domains !== "") {
    warnings.push({
      path: ["routes"],
      message: `env.${environment} inherits the custom domains ${domains} and would take them over`,
    });
  }
  return { environment, values, ownKeys, warnings };
}

function nameOf(top: Table, environment: string): unknown {
  const name = top["name"];
  return name === undefined || name === "" ? undefined : `${String(name)}-${environment}`;
}

// An environment that the file does not have. Without any `env` wrangler warns and uses the whole
// top level under a name of its own; beside other environments it is taken for a misspelling.
function resolveUndefined(
  raw: Table,
  top: Table,
  environment: string,
  environments: Table | undefined,
  fail: Fail,
): ResolvedConfig {
  if (raw["pages_build_output_dir"] !== undefined) {
    return { environment, values: top, ownKeys: [], warnings: [] };
  }
  if (environments !== undefined) {
    const names = Object.keys(environments);
    throw fail(["env"], {
      what: `has no environment "${environment}"`,
      why: names.length === 0 ? "it is empty" : `it has ${names.join(", ")}`,
      todo: "Add it, or choose another with CLOUDFLARE_ENV or [bunflare] environment",
    });
  }
  const { name: _, ...values } = top;
  const name = nameOf(top, environment);
  return {
    environment,
    values: name === undefined ? values : { ...values, name },
    ownKeys: [],
    warnings: [
      {
        path: [],
        message: `there is no environment "${environment}", so the top level is used for it`,
      },
    ],
  };
}

// A build tool has resolved the environment already; the one asked for must be the one that it was
// built for.
function resolveRedirected(
  raw: Table,
  top: Table,
  environment: string | undefined,
  fail: Fail,
): ResolvedConfig {
  const names = Object.keys(tableAt(raw, "env", fail) ?? {});
  if (names.length > 0) {
    throw fail(["env"], {
      what: "must not be in a configuration written by a build tool",
      why: `it has ${names.join(", ")}`,
      todo: "Report it to the tool's authors",
    });
  }
  const target = raw["targetEnvironment"];
  const built = typeof target === "string" && target !== "" ? target : undefined;
  const isPages = raw["pages_build_output_dir"] !== undefined;
  if (environment !== undefined && environment !== "" && !isPages) {
    if (built !== undefined && built !== environment) {
      throw fail(["targetEnvironment"], {
        what: `was built for the environment "${built}"`,
        why: `"${environment}" is asked for`,
        todo: "Build again for that environment",
      });
    }
  }
  return { environment: built ?? environment ?? null, values: top, ownKeys: [], warnings: [] };
}

// Which bindings, variables or defines of the top level an environment that repeats the key leaves
// out.
function missingNames(
  key: string,
  top: unknown,
  own: unknown,
  environment: string,
): ConfigWarning[] {
  const there = new Set(namedPlaces(key, own).map(({ name }) => name));
  const missing = namedPlaces(key, top).filter(({ name }) => !there.has(name));
  if (missing.length === 0) return [];
  const names = missing.map(({ name }) => name).join(", ");
  return [
    {
      path: ["env", environment, key],
      message: `lacks ${names}, which the top level has and which is not inherited`,
    },
  ];
}

function inheritedDomains(top: Table, own: Table): string {
  const routes = top["routes"];
  if (own["routes"] !== undefined || !Array.isArray(routes)) return "";
  return routes
    .filter((route) => isTable(route) && route["custom_domain"] === true)
    .map((route: Table) => String(route["pattern"]))
    .join(", ");
}

function tableAt(raw: Table, key: string, fail: Fail): Table | undefined {
  const value = raw[key];
  if (value === undefined) return undefined;
  if (!isTable(value)) throw fail([key], { what: "must be an object" });
  return value;
}
