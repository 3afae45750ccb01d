// What a D1 query costs over the same SQL on `node:sqlite`.

import { DatabaseSync } from "node:sqlite";
import type { D1Database } from "@cloudflare/workers-types";
import { openTestWorld } from "../bindings/world.ts";
import { medianRatio } from "./ratio.ts";

const CONFIG = { d1_databases: [{ binding: "DB", database_name: "db", database_id: "db" }] };
const SCHEMA = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)";
const INSERT = "INSERT OR REPLACE INTO users VALUES (?, ?)";
const SELECT = "SELECT * FROM users WHERE id = ?";
// So many that both sides are compiled for most of the time, as for KV.
const OPERATIONS = 20_000;

/** How many times as long as `node:sqlite` an insert and a look-up by primary key take. */
export async function d1Ratio(): Promise<{ insert: number; select: number }> {
  using opened = openTestWorld(CONFIG);
  const db = opened.world.primary.env.DB as D1Database;
  await db.exec(SCHEMA);
  const raw = new DatabaseSync("");
  raw.exec(`PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; ${SCHEMA}`);
  const [rawInsert, rawSelect] = [raw.prepare(INSERT), raw.prepare(SELECT)];
  const insert = await medianRatio(
    OPERATIONS,
    (i) =>
      db
        .prepare(INSERT)
        .bind(i % 1000, "name")
        .run(),
    (i) => rawInsert.run(i % 1000, "name"),
  );
  const select = await medianRatio(
    OPERATIONS,
    (i) =>
      db
        .prepare(SELECT)
        .bind(i % 1000)
        .all(),
    (i) => rawSelect.all(i % 1000),
  );
  return { insert, select };
}
