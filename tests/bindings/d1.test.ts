import type { D1Database } from "@cloudflare/workers-types";
import type { Env } from "../../runtime/env.ts";
import { testBinding } from "./contract.ts";

const db = (env: Env): D1Database => env.DB as D1Database;
const rows = async (env: Env, sql: string): Promise<unknown> =>
  (await db(env).prepare(sql).all()).results;

testBinding({
  kind: "d1",
  name: "DB",
  config: { d1_databases: [{ binding: "DB", database_name: "db", database_id: "db" }] },
  steps: [
    (env) => rows(env, "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"),
    (env) => rows(env, "INSERT INTO users (name) VALUES ('ada') RETURNING *"),
    (env) => rows(env, "INSERT INTO users (name) VALUES ('bob'), ('eve')"),
    (env) => rows(env, "SELECT last_insert_rowid() >= 0 AS known"),
    (env) => rows(env, "DELETE FROM users WHERE id = 2"),
    (env) => rows(env, "SELECT * FROM users ORDER BY name DESC"),
  ],
  calls: {
    prepare: (env) => db(env).prepare("SELECT 1").all(),
    batch: (env) => db(env).batch([db(env).prepare("SELECT 1")]),
    exec: (env) => db(env).exec("SELECT 1"),
    dump: (env) => db(env).dump(),
    // Newer than the types: only with the flag d1_binding_jsrpc.
    query: (env) => (db(env) as unknown as { query(request: object): unknown }).query({}),
    withSession: (env) => db(env).withSession().prepare("SELECT 1").all(),
  },
});
