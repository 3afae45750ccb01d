// Databases for users' SQL, on `node:sqlite`: it has the authorizer, the limits and the REAL binding of numbers that
// workerd's SQL has. A database that does not exist yet can start from an image file.

import { copyFileSync, existsSync, renameSync, writeFileSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { DatabaseOptions } from "./store.ts";

/** Opens (creating it where needed) the database at `file`. */
export function openUserDatabase(
  file: string,
  pragmas: string,
  options: DatabaseOptions,
  image: (hash: string) => string,
): DatabaseSync {
  if (options.image !== undefined && !existsSync(file)) {
    copyFileSync(ensureImage(image(options.image.hash), options.image.create), file);
  }
  // Loaded here, so that a file that has no SQL of its own does not pay for it.
  const { DatabaseSync } = require("node:sqlite") as typeof import("node:sqlite");
  const database = new DatabaseSync(file, {
    // As workerd's SQL has it: "text" is a string where no column has that name.
    enableDoubleQuotedStringLiterals: true,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  database.exec(pragmas);
  options.configure?.(database);
  return database;
}

function ensureImage(path: string, create: () => Uint8Array): string {
  if (!existsSync(path)) {
    // Written aside and renamed: a process that is killed half-way leaves no half image behind.
    const aside = `${path}.${process.pid}`;
    writeFileSync(aside, create());
    renameSync(aside, path);
  }
  return path;
}
