// Migrations as wrangler applies them: the same files in the same order, each with its row in the same table, in one
// transaction. A new database starts from an image that has them all, kept by the hash of their content (decision 11).
// https://developers.cloudflare.com/d1/reference/migrations/

import type { Definition } from "../../binding.ts";
import { BunflareError } from "../../errors.ts";
import { isPlainlyMissing, readText } from "../../files.ts";
import { SqlEngine } from "../../sql/engine.ts";
import type { RunOptions } from "../../sql/engine.ts";
import { SQL_LIMITS } from "../../sql/limits.ts";
import type { D1Options, MigrationsOptions } from "./config.ts";
import { READ_RULES } from "./values.ts";

const OPTIONS: RunOptions = { form: "objects", meters: false };

/** A migration file. */
export interface MigrationFile {
  /** Relative to the migrations directory, with slashes; the name in the table. */
  readonly name: string;
  readonly path: string;
  readonly sql: string;
}

/** The migrations of one database, read from its files. */
export interface Migrations {
  readonly files: readonly MigrationFile[];
  readonly table: string;
  readonly image: { readonly hash: string; create(): Uint8Array };
}

/** Reads the migrations of a database that several workers may name: the first directory that exists. */
export function migrationsOf(definitions: readonly Definition<D1Options>[]): Migrations | null {
  for (const { options } of definitions) {
    const files = migrationFiles(options.migrations);
    if (files !== null) return createMigrations(files, options.migrations.table);
  }
  const missing = definitions.find(({ options }) => options.migrations.isNamed)?.options;
  if (missing === undefined) return null;
  throw new BunflareError("migration_failed", {
    what: `the migrations of the D1 binding ${missing.binding} cannot be read`,
    why: `migrations_dir is ${missing.migrations.directory}, which does not exist`,
    todo: 'Correct migrations_dir, or set [bunflare] migrations = "manual" in bunfig.toml',
  });
}

function createMigrations(files: readonly MigrationFile[], table: string): Migrations {
  const content = JSON.stringify([table, ...files.flatMap(({ name, sql }) => [name, sql])]);
  return {
    files,
    table,
    image: {
      hash: `d1-${Bun.hash.wyhash(content).toString(16)}-${process.versions["bun"]}`,
      create: () => createImage({ files, table }),
    },
  };
}

/** The files that match the pattern, in the order in which wrangler applies them; null without a directory. */
export function migrationFiles(options: MigrationsOptions): readonly MigrationFile[] | null {
  const { directory, pattern } = options;
  return (
    namesIn(directory, pattern)
      ?.map((name) => name.replaceAll("\\", "/"))
      .sort(comparePaths)
      .map((name) => {
        const path = `${directory}/${name}`;
        return { name, path, sql: readText(path) ?? "" };
      }) ?? null
  );
}

function namesIn(directory: string, pattern: string): string[] | null {
  if (isPlainlyMissing(directory)) return null;
  try {
    return [...new Bun.Glob(pattern).scanSync({ cwd: directory, dot: false, onlyFiles: true })];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Applies what the table does not list. */
export function bringUpToDate(
  engine: SqlEngine,
  { files, table }: Pick<Migrations, "files" | "table">,
): void {
  if (files.length === 0) return;
  const quoted = quote(table);
  const applied = readApplied(engine, table);
  if (applied === null) engine.run(createTable(quoted), [], OPTIONS);
  for (const file of files) {
    if (applied?.has(file.name) !== true) apply(engine, file, quoted);
  }
}

// Past the engine: these are our own statements, and a database that came from its image needs nothing else of it.
function readApplied({ database }: SqlEngine, table: string): Set<unknown> | null {
  const exists = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?";
  if (database.prepare(exists).get(table) === undefined) return null;
  const rows = database.prepare(`SELECT name FROM ${quote(table)}`).all();
  return new Set(rows.map(({ name }) => name));
}

function apply(engine: SqlEngine, file: MigrationFile, table: string): void {
  // Dumps bring a transaction of their own, which wrangler takes out.
  const sql = file.sql.replace("BEGIN TRANSACTION;", "").replace("COMMIT;", "");
  let running = "";
  try {
    engine.transaction(() => {
      engine.script(sql, (statement) => (running = statement));
      running = "";
      engine.run(`INSERT INTO ${table} (name) VALUES (?)`, [file.name], OPTIONS);
    });
  } catch (cause) {
    throw new BunflareError("migration_failed", {
      what: `the migration ${file.path} failed`,
      why: `${(cause as Error).message}${running === "" ? "" : `, in: ${shorten(running)}`}`,
      todo: 'Correct it, or set [bunflare] migrations = "manual" in bunfig.toml to apply migrations yourself',
      cause,
    });
  }
}

function createImage(migrations: Pick<Migrations, "files" | "table">): Uint8Array {
  const { DatabaseSync } = require("node:sqlite") as typeof import("node:sqlite");
  const database = new DatabaseSync(":memory:", {
    enableDoubleQuotedStringLiterals: true,
    ...{ limits: SQL_LIMITS },
  });
  try {
    bringUpToDate(new SqlEngine(() => database, READ_RULES), migrations);
    return database.serialize();
  } finally {
    database.close();
  }
}

function createTable(table: string): string {
  return (
    `CREATE TABLE IF NOT EXISTS ${table}(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, ` +
    "applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)"
  );
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function shorten(statement: string): string {
  const line = statement.replace(/\s+/g, " ").trim().replace(/;$/, "");
  return line.length <= 200 ? line : `${line.slice(0, 200)}…`;
}

/** Folder by folder; a leading number counts as one, and comes before names without. */
function comparePaths(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  for (const [i, segment] of left.entries()) {
    const other = right[i];
    if (other === undefined) break;
    const order = compareSegments(segment, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareSegments(a: string, b: string): number {
  const left = Number.parseInt(a, 10);
  const right = Number.parseInt(b, 10);
  const bothOrNone = Number.isNaN(left) === Number.isNaN(right);
  if (!bothOrNone) return Number.isNaN(left) ? 1 : -1;
  if (!Number.isNaN(left) && left !== right) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}
