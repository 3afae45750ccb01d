// The state of a D1 database as plain data: its tables with their rows, in the order in which they were inserted. The
// order of keys would be another one in each run where keys are random. Tables WITHOUT ROWID only have that.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Plain } from "../../binding.ts";
import { BunflareError } from "../../errors.ts";
import type { SqlValue } from "../../sql/values.ts";
import type { Database } from "./database.ts";

/** A column's value; blobs are `{ bytes: "00ff" }`. */
export type D1Value = null | number | string | { readonly bytes: string };

/** A row, with its columns in the order of the table. */
export type D1Row = { readonly [column: string]: D1Value };

/** Rows by table. */
export type D1State = { readonly [table: string]: readonly D1Row[] };

/** Restricts the state to one table, and to the rows whose columns have these values. */
export interface D1Query {
  readonly table?: string;
  readonly where?: { readonly [column: string]: Plain };
}

interface Table {
  readonly name: string;
  readonly type: string;
  readonly wr: number;
}

interface Column {
  readonly name: string;
  readonly pk: number;
  readonly hidden: number;
}

/** Throws `BunflareError` "usage" for a table or column that is not there, naming those that are. */
export function inspectD1(resource: Database, query: D1Query = {}): D1State {
  const { database } = resource.engine;
  const tables = tablesOf(database);
  const { table } = query;
  if (table === undefined) {
    const shown = tables.filter(({ name }) => name !== resource.migrationsTable);
    return Object.fromEntries(
      shown.map((each) => [each.name, rowsOf(database, each, query.where)]),
    );
  }
  const found = tables.find(({ name }) => name === table) ?? missing("table", table, tables);
  return { [table]: rowsOf(database, found, query.where) };
}

/** Inserts rows into tables that are there, in one transaction; foreign keys are checked at its end. */
export function seedD1(resource: Database, state: D1State): void {
  const { engine } = resource;
  engine.transaction(() => {
    engine.database.exec("PRAGMA defer_foreign_keys = ON");
    const tables = tablesOf(engine.database);
    for (const [name, rows] of Object.entries(state)) {
      const table = tables.find((each) => each.name === name) ?? missing("table", name, tables);
      for (const row of rows) insert(engine.database, table, row);
    }
  });
  engine.refresh();
}

function insert(database: DatabaseSync, table: Table, row: D1Row): void {
  const columns = columnsOf(database, table.name);
  const entries = Object.entries(row).flatMap(([name, value]) => {
    const column = columns.find((each) => each.name === name) ?? missing("column", name, columns);
    // Generated columns have the values that they have.
    return column.hidden === 0 ? [[quote(name), toSql(value)] as const] : [];
  });
  const names = entries.map(([name]) => name).join(", ");
  const marks = entries.map(() => "?").join(", ");
  const values = entries.length === 0 ? "DEFAULT VALUES" : `(${names}) VALUES (${marks})`;
  database
    .prepare(`INSERT INTO ${quote(table.name)} ${values}`)
    .run(...entries.map(([, value]) => value));
}

function rowsOf(database: DatabaseSync, table: Table, where: D1Query["where"]): D1Row[] {
  const columns = columnsOf(database, table.name);
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  for (const [name, value] of Object.entries(where ?? {})) {
    if (!columns.some((column) => column.name === name)) missing("column", name, columns);
    conditions.push(`${quote(name)} IS ?`);
    values.push(toSql(value as D1Value));
  }
  const filter = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const order = ` ORDER BY ${orderOf(table, columns)}`;
  const statement = select(database, table.name, columns, filter + order);
  return statement.all(...values).map((row) => toRow(columns, row));
}

/** Rows of a table: for each of `values` the one for which a condition in SQL holds, where there is one. */
export function rowsAt(
  database: DatabaseSync,
  table: string,
  where: string,
  values: readonly (readonly SqlValue[])[],
): D1Row[] {
  const columns = columnsOf(database, table);
  const statement = select(database, table, columns, ` WHERE ${where}`);
  return values.flatMap((each) => {
    const row = statement.get(...each);
    return row === undefined ? [] : [toRow(columns, row)];
  });
}

function select(
  database: DatabaseSync,
  table: string,
  columns: readonly Column[],
  rest: string,
): StatementSync {
  const list = columns.map(({ name }) => quote(name)).join(", ");
  const statement = database.prepare(`SELECT ${list} FROM ${quote(table)}${rest}`);
  statement.setReadBigInts(true);
  return statement;
}

function toRow(columns: readonly Column[], row: Record<string, unknown>): D1Row {
  return Object.fromEntries(columns.map(({ name }) => [name, fromSql(row[name])]));
}

function orderOf(table: Table, columns: readonly Column[]): string {
  if (table.wr === 0) {
    const isFree = (alias: string): boolean =>
      !columns.some(({ name }) => name.toLowerCase() === alias);
    const rowid = ["rowid", "_rowid_", "oid"].find(isFree);
    if (rowid !== undefined) return rowid;
  }
  const keys = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  return keys.length > 0 ? keys.map(({ name }) => quote(name)).join(", ") : "1";
}

/** Users' tables by name: no views, no shadow tables of virtual ones, nothing of SQLite's own. */
function tablesOf(database: DatabaseSync): readonly Table[] {
  const sql =
    "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') " +
    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
  return database.prepare(sql).all() as unknown as Table[];
}

function columnsOf(database: DatabaseSync, table: string): readonly Column[] {
  // Hidden 1: columns of virtual tables that `SELECT *` leaves out.
  const sql = "SELECT name, pk, hidden FROM pragma_table_xinfo(?) WHERE hidden <> 1";
  return database.prepare(sql).all(table) as unknown as Column[];
}

function toSql(value: D1Value | boolean): SqlValue {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value !== null && typeof value === "object") return Uint8Array.fromHex(value.bytes);
  return value;
}

function fromSql(value: unknown): D1Value {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  return value instanceof Uint8Array ? { bytes: value.toHex() } : (value as D1Value);
}

function missing(
  what: "table" | "column",
  name: string,
  known: readonly { name: string }[],
): never {
  const names = known.map((each) => each.name).join(", ");
  throw new BunflareError("usage", {
    what: `there is no ${what} "${name}"`,
    why: names === "" ? "the database has no tables" : `there are ${names}`,
  });
}

/** A name in SQL. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
