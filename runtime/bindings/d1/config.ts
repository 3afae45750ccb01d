// The `d1_databases` of a wrangler configuration.
// https://developers.cloudflare.com/workers/wrangler/configuration/#d1-databases

import type { Definition } from "../../binding.ts";
import { list } from "../../config/read.ts";
import type { Entry } from "../../config/read.ts";
import type { WorkerConfig } from "../../config/types.ts";
import { paths } from "../../paths.ts";

/** One `d1_databases` entry. */
export interface D1Options {
  /** How messages name it: the binding's name in env. */
  readonly binding: string;
  readonly migrations: MigrationsOptions;
  /** The flag `d1_binding_jsrpc`, which `query()` asks for. */
  readonly hasQuery: boolean;
}

/** Where a database's migrations are. */
export interface MigrationsOptions {
  /** Absolute. */
  readonly directory: string;
  /** Whether the configuration names the directory; the default one may be absent. */
  readonly isNamed: boolean;
  /** A glob, relative to the directory. */
  readonly pattern: string;
  readonly table: string;
}

/** Reads the definitions. The id is the one that `wrangler dev` stores a local database under. */
export function parseD1(config: WorkerConfig): readonly Definition<D1Options>[] {
  return list(config, "d1_databases").map((entry) => {
    const binding = entry.string("binding");
    entry.optionalString("database_name");
    const databaseId = entry.optionalString("database_id");
    return {
      worker: config.name,
      id: entry.optionalString("preview_database_id") ?? databaseId ?? binding,
      name: binding,
      options: {
        binding,
        migrations: parseMigrations(config, entry),
        // Asked for when `query()` is called: looking a flag up takes as long as reading the entry.
        get hasQuery() {
          return config.compatibility.has("d1_binding_jsrpc");
        },
      },
    };
  });
}

function parseMigrations(config: WorkerConfig, entry: Entry): MigrationsOptions {
  const named = entry.optionalString("migrations_dir");
  const directory = normal(named ?? "migrations");
  return {
    directory: paths.resolve(config.directory, directory),
    isNamed: named !== undefined,
    pattern: parsePattern(entry, named === undefined ? null : directory),
    table: entry.optionalString("migrations_table") || "d1_migrations",
  };
}

function parsePattern(entry: Entry, directory: string | null): string {
  const pattern = entry.optionalString("migrations_pattern");
  if (pattern === undefined) return "*.sql";
  if (directory === null) {
    throw entry.error("migrations_pattern", {
      what: "needs migrations_dir beside it",
      todo: 'Set migrations_dir too, for example to "migrations"',
    });
  }
  const whole = normal(pattern);
  if (directory === ".") return whole;
  if (!whole.startsWith(`${directory}/`)) {
    throw entry.error("migrations_pattern", {
      what: `must start with "${directory}/"`,
      why: `migrations_dir is "${directory}", and the pattern is "${pattern}"`,
    });
  }
  return whole.slice(directory.length + 1);
}

/** A relative path without "." and needless ".."; "." for the directory itself. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll("\\", "/").split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  const relative = parts.join("/") || ".";
  return path.startsWith("/") ? `/${relative}` : relative;
}
