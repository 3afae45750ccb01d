// The offset of the word that an error of preparing is about. `node:sqlite` does not give it, so the statement is
// prepared once more by `bun:sqlite`, which does, on a copy in memory; what that one does not refuse is searched here.

import type { DatabaseSync } from "node:sqlite";
import { SQL_LIMITS } from "./limits.ts";
import { tokens } from "./tokens.ts";

/** The offset in bytes, or null where SQLite knows none. */
export function offsetOf(database: DatabaseSync, sql: string, message: string): number | null {
  const at = refusedFunction(sql, message) ?? refusedParameter(sql, message);
  if (at !== undefined) return at === null ? null : Buffer.byteLength(sql.slice(0, at));
  return asBunSees(database, sql, message);
}

/** Refusals of the authorizer: bun:sqlite has none. */
function refusedFunction(sql: string, message: string): number | null | undefined {
  const name = /^(?:not authorized to use|no such) function: (.+)$/.exec(message)?.[1];
  if (name === undefined) return undefined;
  let word: { text: string; at: number } | null = null;
  for (const token of tokens(sql)) {
    if (token.text === "(" && word?.text === name) return word.at;
    word = token.kind === "word" ? token : null;
  }
  return message.startsWith("no such") ? undefined : null;
}

/** Refusals by limits: bun:sqlite has higher ones. */
function refusedParameter(sql: string, message: string): number | null | undefined {
  const tooMany = message === "too many SQL variables";
  if (!tooMany && !message.startsWith("variable number must be between")) return undefined;
  let count = 0;
  const names = new Set<string>();
  for (const { kind, text, at } of tokens(sql)) {
    if (kind !== "parameter") continue;
    const number = text.startsWith("?") && text !== "?" ? Number(text.slice(1)) : null;
    if (number !== null) {
      if (number < 1 || number > SQL_LIMITS.variableNumber) return at;
      count = Math.max(count, number);
    } else if (!names.has(text)) {
      if (text !== "?") names.add(text);
      if (++count > SQL_LIMITS.variableNumber) return at;
    }
  }
  return null;
}

function asBunSees(database: DatabaseSync, sql: string, message: string): number | null {
  const { Database } = require("bun:sqlite") as typeof import("bun:sqlite");
  const image = imageOf(database);
  const copy = image.length === 0 ? new Database(":memory:") : Database.deserialize(image);
  try {
    copy.prepare(sql).finalize();
    return null;
  } catch (error) {
    // Another message means that it stumbled elsewhere: better no offset than a wrong one.
    const seen = error as { message?: unknown; byteOffset?: unknown };
    if (seen.message !== message || typeof seen.byteOffset !== "number") return null;
    return seen.byteOffset < 0 ? null : seen.byteOffset;
  } finally {
    copy.close();
  }
}

/** The database as a file; WAL mode, which a database in memory cannot have, is taken out of its header. */
function imageOf(database: DatabaseSync): Uint8Array {
  const bytes = database.serialize();
  if (bytes.length > 20) bytes.fill(1, 18, 20);
  return bytes;
}
