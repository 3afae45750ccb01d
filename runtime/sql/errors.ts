// SQLite's errors in workerd's words: "<message>[ at offset N]: SQLITE_X[ (extended: SQLITE_X_Y)]". What words them is
// loaded by the first error.

import type { DatabaseSync } from "node:sqlite";
import { SQL_LIMITS } from "./limits.ts";

/** An error of users' SQL without the prefix that each API puts before it. */
export class SqlError extends Error {}

/** The words for transaction statements; workerd's storage answers them, whoever asks. */
export const TRANSACTION_REFUSED =
  "To execute a transaction, please use the state.storage.transaction() or state.storage.transactionSync() APIs " +
  "instead of the SQL BEGIN TRANSACTION or SAVEPOINT statements. The JavaScript API is safer because it will " +
  "automatically roll back on exceptions, and because it interacts correctly with Durable Objects' automatic atomic " +
  "write coalescing.";

export const NO_STATEMENT = "SQL code did not contain a statement.";
export const WRONG_BINDING_COUNT = "Wrong number of parameter bindings for SQL query.";
export const ONLY_LAST_HAS_PARAMETERS =
  "When executing multiple SQL statements in a single call, only the last statement can have parameters.";

/** What `node:sqlite` throws. */
interface NodeSqliteError extends Error {
  readonly errcode: number;
}

/** Whether an error comes from SQLite; anything else is not the user's SQL's fault. */
export function isSqliteError(error: unknown): error is NodeSqliteError {
  return error instanceof Error && typeof Reflect.get(error, "errcode") === "number";
}

/** Words an error of running a statement. */
export function runError(error: unknown): unknown {
  if (!isSqliteError(error)) return error;
  const { codeName } = require("./codes.ts") as typeof import("./codes.ts");
  return new SqlError(`${error.message}: ${codeName(error.errcode)}`, { cause: error });
}

/** Words an error of preparing `sql`; looks for the offset of the word at fault, so it is slow. */
export function prepareError(error: unknown, database: DatabaseSync, sql: string): unknown {
  if (!isSqliteError(error)) return error;
  const { codeName } = require("./codes.ts") as typeof import("./codes.ts");
  const { offsetOf } = require("./offset.ts") as typeof import("./offset.ts");
  const message = asWorkerd(error.message, sql);
  const offset = offsetOf(database, sql, message);
  const where = offset === null ? "" : ` at offset ${offset}`;
  const code = message.startsWith("no such table") ? 1 : error.errcode;
  return new SqlError(`${message}${where}: ${codeName(code)}`, { cause: error });
}

const ABSENT =
  /^(?:not authorized to use function: |wrong number of arguments to function )([^()]+)/;

/** Where this SQLite, or Bun before it, has other words: what only it has was refused, and on workerd it is absent. */
function asWorkerd(message: string, sql: string): string {
  const { ABSENT_FUNCTIONS } = require("./allowed.ts") as typeof import("./allowed.ts");
  const name = ABSENT.exec(message)?.[1];
  if (name !== undefined && ABSENT_FUNCTIONS.has(name.toLowerCase()))
    return `no such function: ${name}`;
  if (message.startsWith("access to dbstat.")) return "no such table: dbstat";
  if (message === "string or blob too big" && sql.length > SQL_LIMITS.sqlLength / 4)
    return "statement too long";
  return message;
}
