// The state of a class's objects as plain data: each with its keys and values, its tables and its alarm.

import type { DatabaseSync } from "node:sqlite";
import type { Plain } from "../../binding.ts";
import type { Objects } from "./objects.ts";
import { toPlain } from "./plain.ts";

/** One object. */
export type ObjectState = {
  /** Only of objects that have none, because a name says more. */
  readonly id?: string;
  readonly name?: string;
  readonly storage: { readonly [key: string]: Plain };
  /** Rows of users' tables, by table; absent when there are none. */
  readonly tables?: { readonly [table: string]: Plain };
  /** Ms since the epoch; absent when there is none. */
  readonly alarm?: number;
};

/** The objects that have something, by name and then by id. */
export type DurableObjectsState = readonly ObjectState[];

/** Restricts the state to one object, by its name or id. */
export interface DurableObjectsQuery {
  readonly name?: string;
  readonly id?: string;
}

/** The state, read without changing anything. */
export function inspectDurableObjects(
  objects: Objects,
  query: DurableObjectsQuery = {},
): DurableObjectsState {
  return objects
    .list()
    .filter(({ name }) => query.name === undefined || query.name === name)
    .filter((id) => query.id === undefined || query.id === id.toString())
    .map((id) => stateOf(objects, id))
    .filter(({ storage, tables, alarm }) => {
      return Object.keys(storage).length > 0 || tables !== undefined || alarm !== undefined;
    })
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf({ name, id }: ObjectState): string {
  return name === undefined ? `1${id}` : `0${name}`;
}

function stateOf(objects: Objects, id: ReturnType<Objects["list"]>[number]): ObjectState {
  const object = objects.object(id);
  const entries = object.entries.list({ reverse: false, limit: -1 });
  const tables = tablesOf(object.database.handle);
  const alarm = object.alarm.time;
  return {
    ...(id.name === undefined ? { id: id.toString() } : { name: id.name }),
    storage: Object.fromEntries(entries.map(([key, value]) => [key, toPlain(value)])),
    ...(tables.length > 0 && { tables: Object.fromEntries(tables) }),
    ...(alarm !== null && { alarm }),
  };
}

function tablesOf(database: DatabaseSync): [string, Plain][] {
  const names = database
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') " +
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' ORDER BY name",
    )
    .all() as unknown as { readonly name: string }[];
  return names.map(({ name }) => [name, rowsOf(database, name)]);
}

function rowsOf(database: DatabaseSync, table: string): Plain {
  const statement = database.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`);
  statement.setReadBigInts(true);
  return statement.all().map((row) => toPlain({ ...row }));
}
