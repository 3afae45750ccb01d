// What the D1 scripts have in common.

import type { D1Database } from "@cloudflare/workers-types";
import type { Chain } from "../../../steps.ts";

export interface Env {
  DB: D1Database;
}

export const compatibilityDate = "2026-11-01";

export const config = { d1_databases: [{ binding: "DB", database_name: "db", database_id: "db" }] };

/** What differs from run to run in a result. */
export const volatile = ["meta.duration", "meta.timings.sql_duration_ms"];

/** Runs a statement and keeps its rows with the names of the columns. */
export async function rows(
  chain: Chain,
  db: D1Database,
  sql: string,
  ...values: unknown[]
): Promise<void> {
  const bind = values.length === 0 ? [] : [["bind", ...values] as const];
  await chain("DB", db, ["prepare", sql], ...bind, ["raw", { columnNames: true }]);
}

/** Runs a statement and keeps its rows and what it did. */
export async function result(
  chain: Chain,
  db: D1Database,
  sql: string,
  ...values: unknown[]
): Promise<void> {
  const bind = values.length === 0 ? [] : [["bind", ...values] as const];
  await chain.with({ volatile }, "DB", db, ["prepare", sql], ...bind, ["all"]);
}

/** Tables with rows, for what statements say about themselves. */
export const metaSchema = [
  "create table users (id integer primary key, email text unique not null, name text, age integer)",
  "create index users_age on users (age)",
  "create table posts (id integer primary key autoincrement, user_id integer not null references users (id) on delete cascade, title text)",
  "create index posts_user on posts (user_id, title)",
  "create table kv (k text primary key, v text) without rowid",
  "create table plain (a, b)",
  "create table empty_t (a integer primary key)",
  "create table logged (a)",
  "create table log (a)",
  "create trigger logs after insert on logged begin insert into log values (new.a); end",
  "insert into users (id, email, name, age) values (1, 'a@x', 'A', 30), (2, 'b@x', 'B', 20), (10, 'c@x', 'C', 30), (11, 'd@x', 'D', 40), (12, 'e@x', 'E', 30), (13, 'f@x', 'F', null), (14, 'g@x', 'G', null)",
  "insert into posts (user_id, title) values (1, 'p1'), (1, 'p2'), (2, 'p3'), (10, 'p4'), (1, 'p5')",
  "insert into kv values ('a', '1'), ('b', '2'), ('c', '3')",
  "insert into plain values (1, 2), (3, 4), (1, 5)",
].join("\n");
